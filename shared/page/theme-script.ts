/** As much of the browser as it needs: the program is checked without the browser's types. */
interface Themed {
  documentElement: { dataset: Record<string, string | undefined> };
  defaultView: { matchMedia(query: string): { matches: boolean } };
  querySelector(
    selector: string,
  ): { hidden: boolean; addEventListener(type: string, listener: () => void): void } | null;
}

/** Light or dark at the press of a button. Runs in the browser, as its source: it may use nothing of this module. */
export function switchTheme(document: Themed): void {
  const root = document.documentElement;
  const toggle = document.querySelector('[data-theme-toggle]');
  toggle?.addEventListener('click', () => {
    const system = document.defaultView.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    root.dataset.theme = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  });
  if (toggle) toggle.hidden = false;
}
