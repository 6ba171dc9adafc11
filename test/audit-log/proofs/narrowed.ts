import type { Values } from '../../../shared/log-insights/parameters.ts';
import type { Done } from '../done.ts';

/** What is left of all that was done for the values of a query's parameters. Refused credentials are the business of Q24 alone. */
export function narrowed(id: string, done: readonly Done[], { namespace, pod, node, user }: Values): Done[] {
  const isNodeName = id !== 'Q08';
  return done.filter(
    ({ ns, name, who, code }) =>
      (code !== 401 || id === 'Q24') &&
      (namespace === undefined || ns === namespace) &&
      (pod === undefined || name === pod) &&
      (node === undefined || !isNodeName || name === node) &&
      (user === undefined || who === user),
  );
}
