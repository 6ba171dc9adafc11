/** Of the pages of drains, beside what all pages have. */
export const style = `
:root {
  --waiting: light-dark(#afb8c1, #57606a);
  --held: light-dark(#d98b00, #d29922);
  --terminating: light-dark(#2f81f7, #4493f8);
  --forced: light-dark(#cf222e, #f85149);
  --node: light-dark(#8250df, #a371f7);
  accent-color: var(--terminating);
}
h2 { font-size: 20px; margin: 32px 0 12px; overflow-wrap: anywhere; }
section > h2, h3 { font-size: 16px; margin: 0 0 12px; }
h4 { font-size: 14px; margin: 0 0 8px; }
ul + h4 { margin-top: 16px; }
code, pre { font: 12px/1.5 ui-monospace, monospace; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--faint); border-radius: 6px; overflow-x: auto; }
:focus-visible { outline: 2px solid var(--terminating); outline-offset: 1px; }
.outcome.is-good, .badge.is-good { --tone: var(--good); --tone-back: var(--good-back); }
.outcome.is-warning, .badge.is-warning { --tone: var(--warning); --tone-back: var(--warning-back); }
.outcome.is-bad, .badge.is-bad, .badge.is-alarm { --tone: var(--bad); --tone-back: var(--bad-back); }
.outcome.is-neutral, .badge.is-neutral { --tone: var(--neutral); --tone-back: var(--neutral-back); }
.sentence { margin-top: 4px; overflow-wrap: anywhere; }
.sentence::first-letter { text-transform: uppercase; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 8px; list-style: none; margin: 16px 0 0; padding: 0; }
.figures strong { display: block; font-size: 20px; line-height: 1.3; color: var(--text); font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures .is-warning strong { color: var(--warning); }
.figures .is-bad strong { color: var(--bad); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0 0 10px; padding: 0; color: var(--muted); }
.legend .aside { margin-left: auto; }
.swatch { display: inline-block; width: 22px; height: 10px; margin-right: 6px; border-radius: 2px; background: var(--swatch); }
.swatch.waiting, .swatch.staying { height: 4px; vertical-align: middle; --swatch: var(--waiting); }
.swatch.staying { opacity: .55; }
.swatch.held { --swatch: var(--held); }
.swatch.terminating { --swatch: var(--terminating); }
.swatch.forced { --swatch: var(--forced); }
.swatch.gone { width: 8px; height: 8px; border-radius: 50%; --swatch: var(--text); }
.swatch.forced-at { width: 9px; height: 9px; border-radius: 0; transform: rotate(45deg); --swatch: var(--bad); }
.scroll { overflow: auto; max-height: 80vh; }
.picture { border: 1px solid var(--line); border-radius: 6px; }
.picture svg { display: block; width: 100%; min-width: 900px; height: auto; font-family: inherit; color: var(--text); }
.picture .above { position: sticky; top: 0; min-width: 900px; background: var(--panel); border-bottom: 1px solid var(--line); }
.picture text { font-variant-numeric: tabular-nums; }
.picture .grid line { stroke: var(--faint); }
.picture .axis text, .picture .axis path { color: var(--muted); }
.picture .deadline line { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 3; }
.picture .deadline-words text { fill: var(--bad); }
.picture .spell rect { stroke: none; }
.picture .waiting rect { fill: var(--waiting); }
.picture .staying rect { fill: var(--waiting); opacity: .55; }
.picture .held rect { fill: var(--held); }
.picture .terminating rect { fill: var(--terminating); }
.picture .forced rect { fill: var(--forced); }
.picture .cordoned rect { fill: var(--node); opacity: .35; }
.picture .gone circle { fill: var(--text); stroke: var(--panel); }
.picture .forced-at path { fill: var(--bad); stroke: var(--panel); }
.picture .event circle { fill: var(--node); stroke: var(--panel); }
.picture .event-words text { paint-order: stroke; stroke: var(--panel); stroke-width: 3; }
.picture .heartbeat line { stroke: var(--good); stroke-width: 2; }
.picture .dim { opacity: .12; }
.tone-good rect { fill: var(--good); }
.tone-warning rect { fill: var(--held); }
.tone-bad rect { fill: var(--forced); }
.tone-neutral rect { fill: var(--waiting); }
.causes { list-style: none; margin: 0; padding: 0; }
.causes li { display: grid; grid-template-columns: 76px minmax(0, 1fr); gap: 12px; padding: 10px 0; border-top: 1px solid var(--faint); overflow-wrap: anywhere; }
.causes li:first-child { border-top: 0; padding-top: 0; }
.causes .count strong { font-size: 18px; font-variant-numeric: tabular-nums; }
.causes .who { color: var(--muted); font-size: 13px; }
.tools input { width: 260px; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; min-width: 900px; }
caption { text-align: left; }
th, td { text-align: left; vertical-align: top; padding: 6px 8px; border-top: 1px solid var(--faint); overflow-wrap: anywhere; font-weight: 400; }
thead th { position: sticky; top: 0; background: var(--panel); border-top: 0; border-bottom: 1px solid var(--line); font-weight: 600; padding: 4px 0; }
thead th button, thead th > span { border: 0; padding: 2px 8px; font-weight: 600; background: none; text-align: left; width: 100%; }
th[aria-sort=ascending] button::after { content: ' ↑'; }
th[aria-sort=descending] button::after { content: ' ↓'; }
tbody tr:hover { background: var(--faint); }
.namespace { color: var(--muted); }
td small { display: block; }
td p small { display: inline; }
td p + p { margin-top: 4px; }
.pods, .pods thead, .pods tbody { display: block; }
.pods tr { display: grid; grid-template-columns: 220px 134px 200px 66px 78px 90px 92px minmax(180px, 1fr); border-top: 1px solid var(--faint); }
.pods thead { position: sticky; top: 0; z-index: 1; }
.pods thead tr { background: var(--panel); border-top: 0; border-bottom: 1px solid var(--line); }
.pods th, .pods td { border: 0; }
/* Only the rows in sight are laid out: a thousand of them are searched and sorted without a pause. */
.pods.many tbody tr { content-visibility: auto; contain-intrinsic-size: auto 78px; }
.badge { display: inline-block; border-radius: 10px; padding: 0 8px; font-size: 12px; line-height: 20px; font-weight: 500; color: var(--tone, var(--neutral)); background: var(--tone-back, var(--neutral-back)); }
.badge.is-alarm { border: 1px solid currentColor; vertical-align: middle; }
.badge.is-evicted { --tone: var(--good); --tone-back: var(--good-back); }
.badge.is-forced, .badge.is-left, .badge.is-stuck { --tone: var(--bad); --tone-back: var(--bad-back); }
.badge.is-blocked, .badge.is-bounced { --tone: var(--warning); --tone-back: var(--warning-back); }
details[open] > summary { margin-bottom: 8px; }
.log col { width: auto; }
.log th:nth-child(1) { width: 90px; } .log th:nth-child(2) { width: 130px; } .log th:nth-child(3) { width: 26%; }
.log thead th { padding: 4px 8px; }
.roll th:nth-child(1) { width: 210px; } .roll th:nth-child(2) { width: 200px; } .roll th:nth-child(3), .roll th:nth-child(4) { width: 96px; }
.roll th:nth-child(5), .roll th:nth-child(6), .roll th:nth-child(7) { width: 76px; }
.nodes > details { background: none; margin-top: 12px; }
.nodes > details > summary { font-weight: 600; overflow-wrap: anywhere; }

@media print {
  .scroll { overflow: visible; max-height: none; border: 0; }
  .picture svg, .picture .above, table { min-width: 0; }
  .picture .above, thead th, .pods thead { position: static; }
  .pods.many tbody tr { content-visibility: visible; }
  .pods tr { grid-template-columns: 3fr 2fr 3fr 1fr 1fr 1fr 1fr 4fr; }
  tr, .causes li, .outcome { break-inside: avoid; }
  h3 { break-after: avoid; }
}
`;
