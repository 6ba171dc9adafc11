/** As much of the browser as the page needs: the program is checked without the browser's types. */
interface PageNode {
  hidden: boolean;
  value: string;
  textContent: string | null;
  querySelector(selector: string): PageNode | null;
  querySelectorAll(selector: string): Iterable<PageNode>;
  addEventListener(type: string, listener: () => void): void;
  append(...nodes: PageNode[]): void;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  getAttribute(name: string): string | null;
}

/** Runs in the browser, as its source: it may use nothing of this module. */
export function behave(document: PageNode): void {
  const tools = document.querySelector('[data-tools]');
  const search = document.querySelector('[data-search]');
  const count = document.querySelector('[data-count]');
  const body = document.querySelector('[data-rows]');
  if (!tools || !search || !count || !body) return;
  tools.hidden = false;
  const rows = Array.from(body.querySelectorAll('tr'), (row, place) => {
    const cells = Array.from(row.querySelectorAll('td'), (cell) => (cell.textContent ?? '').trim());
    return { row, place, cells, text: cells.join(' ').toLowerCase() };
  });

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word));
      if (fits) shown++;
      if (row.hidden === fits) row.hidden = !fits;
    }
    const all = rows.length === 1 ? '1 row' : `${rows.length} rows`;
    count.textContent = shown === rows.length ? all : `${shown} of ${all}`;
  };
  search.addEventListener('input', filter);

  const headings = Array.from(document.querySelectorAll('th[data-sort]'));
  for (const [column, heading] of headings.entries()) {
    const values = rows.map(({ cells }) => cells[column] ?? '').filter((value) => value !== '');
    const isNumeric = values.length > 0 && values.every((value) => Number.isFinite(Number(value)));
    heading.querySelector('button')?.addEventListener('click', () => {
      const isUp = heading.getAttribute('aria-sort') !== 'ascending';
      for (const other of headings) other.removeAttribute('aria-sort');
      heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      const compare = (a: string, b: string) =>
        isNumeric ? Number(a) - Number(b) : a.localeCompare(b, 'en', { numeric: true });
      const sorted = rows.toSorted((a, b) => {
        const [one = '', other = ''] = [a.cells[column], b.cells[column]];
        // What has no value is last either way.
        if (one === '' || other === '') return Number(one === '') - Number(other === '') || a.place - b.place;
        return (isUp ? 1 : -1) * compare(one, other) || a.place - b.place;
      });
      body.append(...sorted.map(({ row }) => row));
    });
  }
  filter();
}
