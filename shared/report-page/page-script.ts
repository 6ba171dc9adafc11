/** As much of the browser as the page needs: the program is checked without the browser's types. */
export interface PageNode {
  hidden: boolean;
  value: string;
  textContent: string | null;
  dataset: Record<string, string | undefined>;
  scrollTop: number;
  clientHeight: number;
  cells: ArrayLike<PageNode>;
  tBodies: ArrayLike<PageNode>;
  rows: ArrayLike<PageNode>;
  classList: { toggle(name: string, force: boolean): unknown };
  querySelector(selector: string): PageNode | null;
  querySelectorAll(selector: string): Iterable<PageNode>;
  addEventListener(type: string, listener: () => void): void;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  replaceWith(node: PageNode): void;
  append(...nodes: PageNode[]): void;
}

interface Page extends PageNode {
  documentElement: PageNode;
  defaultView: { matchMedia(query: string): { matches: boolean } };
  createElement(name: string): PageNode;
}

/** Runs in the browser, as its source: it may use nothing of this module. */
export function behave(document: Page): void {
  for (const drain of document.querySelectorAll('[data-drain]')) {
    const body = drain.querySelector('[data-pods]')?.tBodies[0];
    const search = drain.querySelector('[data-search]');
    const outcome = drain.querySelector('[data-outcome]');
    const count = drain.querySelector('[data-count]');
    const tools = drain.querySelector('[data-tools]');
    const picture = drain.querySelector('.picture');
    const drawn = drain.querySelector('.picture > svg');
    if (!body || !search || !outcome || !count || !tools) continue;
    tools.hidden = false;
    const rows = Array.from(body.rows, (row) => ({ row, text: (row.textContent ?? '').toLowerCase() }));
    const lanes: PageNode[][] = rows.map(() => []);
    for (const mark of drain.querySelectorAll('svg [data-lane]'))
      lanes[Number(mark.getAttribute('data-lane'))]?.push(mark);

    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      let firstLane = rows.length;
      for (const { row, text } of rows) {
        const fits = (!outcome.value || row.dataset.is === outcome.value) && words.every((word) => text.includes(word));
        if (fits) {
          shown++;
          firstLane = Math.min(firstLane, Number(row.dataset.lane));
        }
        if (row.hidden === !fits) continue;
        row.hidden = !fits;
        for (const mark of lanes[Number(row.dataset.lane)] ?? []) mark.classList.toggle('dim', !fits);
      }
      if (picture && drawn && shown > 0) picture.scrollTop = (firstLane / rows.length) * drawn.clientHeight;
      count.textContent = shown === rows.length ? `${shown} pods` : `${shown} of ${rows.length} pods`;
    };
    search.addEventListener('input', filter);
    outcome.addEventListener('change', filter);

    const headers = Array.from(drain.querySelectorAll('[data-pods] thead th'));
    headers.forEach((header, column) => {
      const button = document.createElement('button');
      button.setAttribute('type', 'button');
      const label = header.querySelector('[data-sort]');
      if (!label) return;
      button.textContent = label.textContent;
      label.replaceWith(button);
      button.addEventListener('click', () => {
        const up = header.getAttribute('aria-sort') !== 'ascending';
        for (const other of headers) other.setAttribute('aria-sort', 'none');
        header.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const keyed = rows.map((entry) => {
          const cell = entry.row.cells[column];
          const value = cell?.dataset.value;
          return {
            entry,
            key:
              value === undefined ? (cell?.textContent ?? '') : value === '' ? Number.POSITIVE_INFINITY : Number(value),
          };
        });
        keyed.sort((a, b) => {
          const order =
            typeof a.key === 'number' && typeof b.key === 'number'
              ? a.key === b.key
                ? 0
                : a.key - b.key
              : String(a.key).localeCompare(String(b.key));
          return up ? order : -order;
        });
        body.append(...keyed.map(({ entry }) => entry.row));
      });
    });
  }
}
