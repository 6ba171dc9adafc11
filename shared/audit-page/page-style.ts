/** Of the page of an audit, beside what all pages have. */
export const style = `
:root {
  --public: light-dark(#0969da, #4493f8);
  --public-back: light-dark(#ddf4ff, #10233b);
  --transit: light-dark(#7a3fd0, #b083f8);
  --transit-back: light-dark(#fbefff, #251a3a);
  accent-color: var(--public);
}
h2 { font-size: 16px; margin: 0 0 12px; overflow-wrap: anywhere; }
h3 { font-size: 14px; margin: 0 0 8px; overflow-wrap: anywhere; }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--faint); border-radius: 6px; white-space: pre-wrap; }
:focus-visible { outline: 2px solid var(--public); outline-offset: 1px; }
.is-good { --tone: var(--good); --tone-back: var(--good-back); }
.is-warning { --tone: var(--warning); --tone-back: var(--warning-back); }
.is-bad { --tone: var(--bad); --tone-back: var(--bad-back); }
.is-neutral { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.is-public { --tone: var(--public); --tone-back: var(--public-back); }
.is-nat { --tone: var(--good); --tone-back: var(--good-back); }
.is-transit { --tone: var(--transit); --tone-back: var(--transit-back); }
.is-isolated { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.is-unknown { --tone: var(--warning); --tone-back: var(--warning-back); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 8px; list-style: none; margin: 16px 0 0; padding: 0; }
.figures strong { display: block; font-size: 20px; line-height: 1.3; color: var(--tone, var(--text)); font-variant-numeric: tabular-nums; }
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
.tools input { width: 240px; }
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
table { width: 100%; border-collapse: collapse; }
.scroll { overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-top: 1px solid var(--faint); font-weight: 400; }
thead th { font-weight: 600; border-top: 0; }
.code { color: var(--muted); }
@media (max-width: 760px) {
  .line { grid-template-columns: auto auto 1fr; }
  .line > .wide { grid-column: 1 / -1; }
  .result .more { padding-left: 4px; }
}

@media print {
  .subnet, .result, .outcome { break-inside: avoid; content-visibility: visible; }
}
`;
