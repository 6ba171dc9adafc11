/** What all pages look like. The system's choice of light or dark, unless the page's button says otherwise; on paper always light. */
export const baseStyle = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #e6edf3);
  --muted: light-dark(#59636e, #9da7b1);
  --page: light-dark(#f6f8fa, #0d1117);
  --panel: light-dark(#ffffff, #151b23);
  --line: light-dark(#d1d9e0, #30363d);
  --faint: light-dark(#eaeef2, #21262d);
  --good: light-dark(#116329, #56d364);
  --warning: light-dark(#7d4e00, #e3b341);
  --bad: light-dark(#a40e26, #ff7b72);
  --neutral: light-dark(#424a53, #b1bac4);
  --good-back: light-dark(#dafbe1, #12261e);
  --warning-back: light-dark(#fff8c5, #2b2309);
  --bad-back: light-dark(#ffebe9, #301518);
  --neutral-back: light-dark(#eaeef2, #21262d);
}
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
.top { display: flex; justify-content: space-between; align-items: center; max-width: 1200px; margin: 0 auto; padding: 16px 20px 0; color: var(--muted); }
main { max-width: 1200px; margin: 0 auto; padding: 0 20px 40px; }
h1 { font-size: 24px; line-height: 1.25; margin: 4px 0 16px; overflow-wrap: anywhere; }
p { margin: 0; }
small { color: var(--muted); font-size: 12px; }
a { color: light-dark(#0550ae, #79c0ff); }
button, input, select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
button { cursor: pointer; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.product { font-weight: 600; }
.calm { color: var(--muted); }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-top: 16px; }
.outcome { border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 8px; background: var(--tone-back); padding: 16px; }
.verdict { font-size: 20px; font-weight: 600; color: var(--tone); }
.sign { display: inline-block; min-width: 1em; text-align: center; }
.told { margin-top: 4px; color: var(--neutral); }
.figures li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; color: var(--muted); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px 24px; margin: 16px 0 0; padding: 0 2px; }
.facts div { min-width: 0; }
.facts dt { color: var(--muted); font-size: 12px; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.tools { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-bottom: 12px; }
.tools output { color: var(--muted); margin-left: auto; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
details summary { cursor: pointer; }
@media print {
  :root { color-scheme: light !important; }
  body { background: none; font-size: 11px; }
  main, .top { max-width: none; padding: 0; }
  section { border: 0; padding: 0; }
  .tools, button[data-theme-toggle] { display: none; }
  * { print-color-adjust: exact; }
}
`;
