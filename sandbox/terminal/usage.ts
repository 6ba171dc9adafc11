import { scenarios } from '../scenarios/all.ts';

const width = Math.max(...scenarios.map(({ name }) => name.length));

export const scenarioList: readonly string[] = [
  ...scenarios.map(({ name, title }) => `  ${name.padEnd(width)}  ${title}`),
  `  ${'all'.padEnd(width)}  each of them in turn, with a line for each`,
];

export const usage: readonly string[] = [
  'npm start [-- --scenario NAME [--built FOLDER] | --serve]',
  '',
  'Delivers an Auto Scaling lifecycle event to the real handlers and the real state machine, which drain a node of',
  'a cluster and an AWS endpoint that are models in this process, on 127.0.0.1. Nothing leaves this machine.',
  '',
  'Scenarios (default happy):',
  ...scenarioList,
  '',
  '--built FOLDER: with the bundles that `npm run build` leaves in dist, in place of the sources.',
  '--serve: no scenario, but an account for `npm run enl -- hooks …` to work on, until Ctrl-C.',
  '',
  'Exit code: 0 as it must be, 1 not, 2 no such scenario, 130 interrupted. Colours: NO_COLOR, FORCE_COLOR.',
];
