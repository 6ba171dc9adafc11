import { runScenario } from './run-scenario.ts';
import { happy } from './scenarios/happy.ts';
const r = await runScenario(happy, '/tmp/sandbox-try', { line: (l) => console.log((l.at/1000).toFixed(1).padStart(5), l.mark.padEnd(9), l.text, l.next ? '- '+l.next: ''), progress: () => {} }, new AbortController().signal);
console.log(r.broken, {...r.outcome, cluster: 0, report: 0});
