/** Of the page of a query, beside what all pages have. */
export const style = `
h2 { font-size: 16px; margin: 0 0 12px; }
main, .top { max-width: 1600px; }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 8px 0 0; padding: 8px 10px; background: var(--faint); border-radius: 6px; white-space: pre-wrap; }
:focus-visible { outline: 2px solid light-dark(#0969da, #4493f8); outline-offset: 1px; }
.is-good { --tone: var(--good); --tone-back: var(--good-back); }
.is-warning { --tone: var(--warning); --tone-back: var(--warning-back); }
.is-bad { --tone: var(--bad); --tone-back: var(--bad-back); }
.is-neutral { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.told + .told { margin-top: 2px; }
.words { max-width: 90ch; }
.words + .words { margin-top: 8px; }
.badge { display: inline-block; border-radius: 10px; padding: 0 8px; font-size: 12px; line-height: 20px; font-weight: 500; color: var(--tone); background: var(--tone-back); white-space: nowrap; }
.tools input { width: 280px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 5px 8px; border-top: 1px solid var(--faint); font-weight: 400; max-width: 460px; overflow-wrap: anywhere; }
td { min-width: 48px; }
.long { min-width: 220px; }
thead th { border-top: 0; white-space: nowrap; }
th button { border: 0; padding: 0; background: none; font-weight: 600; }
th[aria-sort] button::after { content: ' ▴'; }
th[aria-sort=descending] button::after { content: ' ▾'; }
tbody tr:hover { background: var(--faint); }
details { margin-top: 12px; }
@media print { .scroll { overflow: visible; } tr { break-inside: avoid; } }
`;
