import { deadlines } from './catalogue/deadlines.ts';
import { evictions } from './catalogue/evictions.ts';
import { marks } from './catalogue/marks.ts';
import { selection } from './catalogue/selection.ts';
import { waiting } from './catalogue/waiting.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, in the order of the table. */
export const catalogue: readonly Scenario[] = [...selection, ...evictions, ...waiting, ...deadlines, ...marks];
