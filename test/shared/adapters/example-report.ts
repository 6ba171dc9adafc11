import type { DrainReport } from '../../../shared/lifecycle/report.ts';

export function exampleReport(change: Partial<DrainReport> = {}): DrainReport {
  return {
    version: 1,
    execution: 'i-0123456789abcdef0-465e0162',
    action: {
      version: 1,
      kind: 'terminate',
      account: '123456789012',
      region: 'eu-west-1',
      instanceId: 'i-0123456789abcdef0',
      groupName: 'workers',
      hookName: 'drain',
      token: '465e0162-e6af-4786-b4e8-bb544ae58790',
    },
    cluster: undefined,
    node: undefined,
    startedAt: '2026-01-31T12:00:00.000Z',
    deadlineAt: undefined,
    endedAt: undefined,
    end: undefined,
    heartbeats: [],
    timeline: [],
    pods: [],
    ...change,
  };
}
