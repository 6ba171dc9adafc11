import type { Parameter } from './parameters.ts';

// What narrows a query if it is given.
export const namespace: Parameter = {
  name: 'namespace',
  kind: 'namespace',
  description: 'Only objects of this namespace.',
};
export const pod: Parameter = { name: 'pod', kind: 'pod', description: 'Only this pod.' };
export const node: Parameter = { name: 'node', kind: 'node', description: 'Only this node.' };
export const user: Parameter = {
  name: 'user',
  kind: 'user',
  description: 'Only what this user did, by the name that Kubernetes knows it by.',
};
