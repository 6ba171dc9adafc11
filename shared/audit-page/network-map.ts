import { html } from 'hono/html';
import type { AuditReport } from '../audit/audit-report.ts';
import { isFinding } from '../audit/result.ts';
import { type MappedSubnet, routeKinds, type VpcMap } from '../audit/vpc-map.ts';
import type { Markup } from '../page/markup.ts';
import { routeWords } from './words.ts';

/** The networks: zones side by side, and in each its subnets, coloured by where their default route leads. */
export function networkMap({ networks = [], results }: AuditReport): Markup | '' {
  if (networks.length === 0) return '';
  const open = results.filter((each) => isFinding(each) && !each.waived);
  const findings = new Map(
    [...Map.groupBy(open, ({ resource }) => resource)].map(([arn, found]) => [arn, found.length]),
  );
  const routes = routeKinds.filter((kind) =>
    networks.some(({ subnets }) => subnets.some(({ route }) => route === kind)),
  );
  return html`<section aria-labelledby="networks"><h2 id="networks">Networks</h2>
    <ul class="legend" aria-label="Colours: where the default route leads">${routes.map((kind) => html`<li class="is-${kind}"><span class="swatch"></span>${routeWords[kind]}</li>`)}</ul>
    ${networks.map((network) => vpc(network, findings))}
  </section>`;
}

function vpc({ id, name, cidrs, clusters, subnets }: VpcMap, findings: ReadonlyMap<string, number>): Markup {
  const zones = Map.groupBy(subnets, ({ zone, zoneId }) => (zoneId === undefined ? zone : `${zone} (${zoneId})`));
  return html`<div class="vpc"><h3>${id}${name === undefined ? '' : ` ${name}`} <small>${cidrs.join(', ')}${clusters.length > 0 ? ` · ${clusters.join(', ')}` : ''}</small></h3>
    ${zones.size === 0 ? html`<p class="calm">No subnet was seen.</p>` : ''}
    <div class="zones">${[...zones].map(
      ([zone, inZone]) =>
        html`<div class="zone"><p><strong>${zone}</strong></p>${inZone.map((subnet) => card(subnet, findings.get(subnet.arn) ?? 0))}</div>`,
    )}</div></div>`;
}

function card(subnet: MappedSubnet, found: number): Markup {
  const { id, name, cidrs, route, way, shared, tags, uses } = subnet;
  const told = Object.entries(tags).filter(([key]) => /kubernetes|karpenter|^cni\./i.test(key));
  const others = Object.entries(tags).filter(([key]) => key !== 'Name' && !told.some(([each]) => each === key));
  return html`<article class="subnet is-${route}">
    <header><strong>${name ?? id}</strong><span class="badge is-${route}">${route}</span></header>
    ${name === undefined ? '' : html`<p><code>${id}</code></p>`}
    <p><small>${cidrs.join(', ')}${shared ? ' · of another account' : ''}</small></p>
    <p><small>${way}</small></p>
    ${room(subnet)}
    ${uses.length > 0 ? html`<p>${uses.map((use) => html`<span class="badge">${use}</span> `)}</p>` : ''}
    ${told.length > 0 ? html`<ul class="tags">${told.map(([key, value]) => html`<li><code>${key}=${value === '' ? '""' : value}</code></li>`)}</ul>` : ''}
    ${others.length > 0 ? html`<details><summary><small>${others.length} more ${others.length === 1 ? 'tag' : 'tags'}</small></summary><dl>${others.map(([key, value]) => html`<div><dt>${key}</dt><dd>${value}</dd></div>`)}</dl></details>` : ''}
    ${found > 0 ? html`<p><a href="#results" data-look-for="${id}">${found} ${found === 1 ? 'finding' : 'findings'}</a></p>` : ''}
  </article>`;
}

/** AWS keeps five addresses of a subnet for itself. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const keptByAws = 5;

function room({ free, cidrs }: MappedSubnet): Markup | '' {
  if (free === undefined) return '';
  const bits = cidrs.map((cidr) => /^[\d.]+\/(\d+)$/.exec(cidr)?.[1]).find((each) => each !== undefined);
  if (bits === undefined) return html`<p><small>${free} addresses free</small></p>`;
  const all = 2 ** (32 - Number(bits)) - keptByAws;
  return html`<p><small>${free} of ${all} addresses free</small><meter aria-label="Addresses in use" min="0" max="${all}" high="${Math.floor(all * 0.8)}" optimum="0" value="${Math.max(0, all - free)}"></meter></p>`;
}
