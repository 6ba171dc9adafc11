/** The system's choice of light or dark, unless the page's button says otherwise; on paper always light. */
export const style = `
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
  --public: light-dark(#0969da, #4493f8);
  --public-back: light-dark(#ddf4ff, #10233b);
  --transit: light-dark(#7a3fd0, #b083f8);
  --transit-back: light-dark(#fbefff, #251a3a);
  accent-color: var(--public);
}
:root[data-theme=light] { color-scheme: light; }
:root[data-theme=dark] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
.top { display: flex; justify-content: space-between; align-items: center; max-width: 1200px; margin: 0 auto; padding: 16px 20px 0; color: var(--muted); }
main { max-width: 1200px; margin: 0 auto; padding: 0 20px 40px; }
h1 { font-size: 24px; line-height: 1.25; margin: 4px 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 0 0 12px; overflow-wrap: anywhere; }
h3 { font-size: 14px; margin: 0 0 8px; overflow-wrap: anywhere; }
p { margin: 0; }
small { color: var(--muted); font-size: 12px; }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--faint); border-radius: 6px; white-space: pre-wrap; }
a { color: light-dark(#0550ae, #79c0ff); }
button, input, select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--public); outline-offset: 1px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.product { font-weight: 600; }
.calm { color: var(--muted); }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-top: 16px; }

.outcome { border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 8px; background: var(--tone-back); padding: 16px; }
.is-good { --tone: var(--good); --tone-back: var(--good-back); }
.is-warning { --tone: var(--warning); --tone-back: var(--warning-back); }
.is-bad { --tone: var(--bad); --tone-back: var(--bad-back); }
.is-neutral { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.is-public { --tone: var(--public); --tone-back: var(--public-back); }
.is-nat { --tone: var(--good); --tone-back: var(--good-back); }
.is-transit { --tone: var(--transit); --tone-back: var(--transit-back); }
.is-isolated { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.is-unknown { --tone: var(--warning); --tone-back: var(--warning-back); }
.verdict { font-size: 20px; font-weight: 600; color: var(--tone); }
.sign { display: inline-block; min-width: 1em; text-align: center; }
.told { margin-top: 4px; color: var(--neutral); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 8px; list-style: none; margin: 16px 0 0; padding: 0; }
.figures li { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; color: var(--muted); }
.figures strong { display: block; font-size: 20px; line-height: 1.3; color: var(--tone, var(--text)); font-variant-numeric: tabular-nums; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px 24px; margin: 16px 0 0; padding: 0 2px; }
.facts div { min-width: 0; }
.facts dt { color: var(--muted); font-size: 12px; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.plain { margin: 0; padding-left: 18px; overflow-wrap: anywhere; }
.badge { display: inline-block; border-radius: 10px; padding: 0 8px; font-size: 12px; line-height: 20px; font-weight: 500; color: var(--tone, var(--neutral)); background: var(--tone-back, var(--neutral-back)); white-space: nowrap; }

.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0 0 12px; padding: 0; color: var(--muted); }
.swatch { display: inline-block; width: 14px; height: 10px; margin-right: 6px; border-radius: 2px; background: var(--tone); }
.zones { display: grid; grid-template-columns: repeat(auto-fit, minmax(250px, 1fr)); gap: 12px; }
.zone { min-width: 0; border: 1px solid var(--line); border-radius: 8px; padding: 10px; background: var(--page); }
.subnet { border: 1px solid var(--line); border-left: 5px solid var(--tone); border-radius: 6px; background: var(--panel); padding: 8px 10px; margin-top: 8px; overflow-wrap: anywhere; content-visibility: auto; contain-intrinsic-size: auto 150px; }
.is-unknown.subnet { border-left-style: dashed; }
.subnet header { display: flex; justify-content: space-between; gap: 8px; align-items: start; }
.subnet header strong { min-width: 0; }
.subnet p, .subnet ul { margin-top: 2px; }
.subnet meter { width: 100%; height: 10px; }
.subnet .tags { list-style: none; padding: 0; margin: 4px 0 0; }
.subnet dl { margin: 4px 0 0; font-size: 12px; }
.subnet dt { color: var(--muted); }
.subnet dd { margin: 0; }
.vpc + .vpc { margin-top: 24px; }

.tools { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-bottom: 12px; }
.tools input { width: 240px; }
.tools output { color: var(--muted); margin-left: auto; }
.results { border-top: 1px solid var(--faint); }
.result { border-bottom: 1px solid var(--faint); content-visibility: auto; contain-intrinsic-size: auto 48px; overflow-wrap: anywhere; }
.line { display: grid; grid-template-columns: 96px 78px 84px minmax(90px, 140px) minmax(150px, 260px) minmax(180px, 1fr); gap: 4px 10px; padding: 8px 4px; align-items: baseline; }
.line > * { min-width: 0; }
.result > .line > :first-child::before { content: '▸ '; color: var(--muted); }
.result[open] > .line > :first-child::before { content: '▾ '; }
.line:hover { background: var(--faint); }
.result .more { padding: 0 4px 12px 110px; }
.result .more > * { margin-top: 6px; }
.result .resource { font-weight: 500; }
details summary { cursor: pointer; }
table { width: 100%; border-collapse: collapse; }
.scroll { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-top: 1px solid var(--faint); font-weight: 400; }
thead th { font-weight: 600; border-top: 0; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.code { color: var(--muted); }

@media (max-width: 760px) {
  .line { grid-template-columns: auto auto 1fr; }
  .line > .wide { grid-column: 1 / -1; }
  .result .more { padding-left: 4px; }
}
@media print {
  :root { color-scheme: light !important; }
  body { background: none; font-size: 11px; }
  main, .top { max-width: none; padding: 0; }
  section { border: 0; padding: 0; }
  .tools, button[data-theme-toggle] { display: none; }
  .subnet, .result, .outcome { break-inside: avoid; content-visibility: visible; }
  * { print-color-adjust: exact; }
}
`;
