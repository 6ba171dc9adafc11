/** As much of the browser as the page needs: the program is checked without the browser's types. */
export interface PageNode {
  hidden: boolean;
  open: boolean;
  value: string;
  textContent: string | null;
  dataset: Record<string, string | undefined>;
  querySelector(selector: string): PageNode | null;
  querySelectorAll(selector: string): Iterable<PageNode>;
  addEventListener(type: string, listener: () => void): void;
}

interface Page extends PageNode {
  documentElement: PageNode;
  defaultView: { matchMedia(query: string): { matches: boolean } };
}

/** Runs in the browser, as its source: it may use nothing of this module. */
export function behave(document: Page): void {
  const tools = document.querySelector('[data-tools]');
  const search = document.querySelector('[data-search]');
  const count = document.querySelector('[data-count]');
  if (!tools || !search || !count) return;
  tools.hidden = false;
  const rows = Array.from(document.querySelectorAll('[data-result]'), (row) => ({
    row,
    text: (row.textContent ?? '').toLowerCase(),
  }));
  const choices = Array.from(document.querySelectorAll('[data-choice]'));

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits =
        words.every((word) => text.includes(word)) &&
        choices.every((choice) => {
          if (choice.value === '') return true;
          const has = row.dataset[choice.dataset.choice ?? ''] ?? '';
          return choice.value === 'to-do' ? ['FAIL', 'WARN', 'UNKNOWN'].includes(has) : has === choice.value;
        });
      if (fits) shown++;
      if (row.hidden === fits) row.hidden = !fits;
    }
    count.textContent = shown === rows.length ? `${shown} results` : `${shown} of ${rows.length} results`;
  };
  search.addEventListener('input', filter);
  for (const choice of choices) choice.addEventListener('change', filter);
  for (const link of document.querySelectorAll('[data-look-for]')) {
    link.addEventListener('click', () => {
      for (const choice of choices) choice.value = '';
      search.value = link.dataset.lookFor ?? '';
      filter();
    });
  }
  filter();
}
