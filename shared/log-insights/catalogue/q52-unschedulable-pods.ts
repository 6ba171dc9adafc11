import { defineQuery } from '../query.ts';

export const q52 = defineQuery({
  id: 'Q52',
  name: 'unschedulable-pods',
  title: 'Pods that fit on no node',
  answers: 'Which pods the scheduler could not place, and why.',
  streams: ['scheduler'],
  parameters: [],
  template: String.raw`
filter @logStream like /^kube-scheduler/
| parse @message /"Unable to schedule pod[^"]*" pod="(?<pod>[^"]+)" err="(?<err>(?:[^"\\]|\\.)+)"/
| filter ispresent(pod)
| stats count(*) as n, latest(@timestamp) as last by pod, err
| sort n desc
| limit 100000
`,
  reading:
    'A pod that a drain evicted and that is here has nowhere to go, and its budget refuses the next. "Too many pods": the nodes are full by number, as the network plugin counts addresses. "untolerated taint" and "unschedulable": cordoned nodes, among them those that are drained.',
  mergeable: true,
  aggregates: { n: 'sum', last: 'last' },
});
