import { html } from 'hono/html';
import { type DrainPicture, isDeletedPast } from '../evidence/drain-picture.ts';
import { podEnd } from '../evidence/pod-end.ts';
import type { Markup } from '../page/markup.ts';
import { withoutUnseen } from './shown-value.ts';

const laneHeight = 18;
const left = 330;
const width = 1100;
/** More lanes than anyone reads. */
const mostPods = 80;

/** Each drain from its own first sign, all on one scale, one below the other. */
export function drainLanes(pictures: readonly DrainPicture[]): Markup | '' {
  if (pictures.length === 0) return '';
  const longest = Math.max(1000, ...pictures.map(({ firstAt, lastAt }) => lastAt - firstAt));
  return html`<section aria-labelledby="lanes"><h2 id="lanes">Side by side, from the first sign of each</h2>
    <p class="calm legend"><span class="key k-line"></span> asked to go <span class="key k-evicted"></span> evicted <span class="key k-past"></span> deleted past a refusal, or unasked <span class="key k-left"></span> gone or left <span class="key k-node"></span> the node: cordon, label, delete</p>
    ${pictures.map((picture) => lanesOf(picture, longest))}</section>`;
}

function lanesOf(picture: DrainPicture, longest: number): Markup {
  const { actor, source, pods, firstAt } = picture;
  const shown = pods.slice(0, mostPods);
  const place = (at: number) => (left + (Math.max(0, at - firstAt) / longest) * (width - left - 20)).toFixed(1);
  const height = (shown.length + 2) * laneHeight;
  const name = withoutUnseen(source === 'report' ? 'As the report tells it' : `${actor.name}: ${actor.user}`);
  const more = pods.length - shown.length;
  return html`<h3>${name}</h3><div class="scroll" role="region" tabindex="0" aria-label="Timeline of ${name}"><svg class="lanes" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Timeline of ${name}; the table below says the same.">
    ${ticks(longest).map((seconds) => html`<line class="grid" x1="${place(firstAt + seconds * 1000)}" x2="${place(firstAt + seconds * 1000)}" y1="0" y2="${height - laneHeight}"/><text class="tick" x="${place(firstAt + seconds * 1000)}" y="${height - 4}">${seconds} s</text>`)}
    <text class="name" x="${left - 10}" y="13">the node</text>${nodeMarks(picture).map(({ at, words }) => html`<path class="node" d="M ${place(at)} 3 l 5 6 l -5 6 l -5 -6 z"><title>${words}, after ${((at - firstAt) / 1000).toFixed(1)} s</title></path>`)}
    ${shown.map((pod, index) => {
      const y = (index + 1.5) * laneHeight;
      const end = pod.deletedAt ?? pod.evictedAt ?? pod.lastAt;
      const look = isDeletedPast(pod) ? 'past' : pod.evictedAt === undefined ? 'left' : 'evicted';
      const words = withoutUnseen(
        `${pod.name}: ${podEnd(pod)} after ${pod.tries} tries, ${pod.refused} refused${pod.cause === undefined ? '' : `: ${pod.cause}`}`,
      );
      return html`<text class="name" x="${left - 10}" y="${y + 4}">${shortName(pod.name)}</text><line class="asked" x1="${place(pod.firstAt)}" x2="${place(Math.max(end, pod.lastAt))}" y1="${y}" y2="${y}"/><circle class="${look}" cx="${place(end)}" cy="${y}" r="5"><title>${words}</title></circle>`;
    })}</svg></div>${more > 0 ? html`<p class="calm">and ${more} pods more</p>` : ''}`;
}

function nodeMarks({
  cordonedAt,
  labelledAt,
  uncordonedAt,
  nodeDeletedAt,
}: DrainPicture): { at: number; words: string }[] {
  const marks: [number | undefined, string][] = [
    [cordonedAt, 'cordoned'],
    [labelledAt, 'left out by load balancers'],
    [uncordonedAt, 'uncordoned'],
    [nodeDeletedAt, 'deleted'],
  ];
  return marks.flatMap(([at, words]) => (at === undefined ? [] : [{ at, words }]));
}

/** About six, at round numbers of seconds. */
function ticks(milliseconds: number): number[] {
  const seconds = milliseconds / 1000;
  const step =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 43_200, 86_400, 604_800].find(
      (each) => seconds / each <= 8,
    ) ?? seconds;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}

function shortName(name: string): string {
  const shown = withoutUnseen(name);
  return shown.length > 44 ? `…${shown.slice(-43)}` : shown;
}
