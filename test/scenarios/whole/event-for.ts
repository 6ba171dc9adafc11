import { randomUUID } from 'node:crypto';
import { readEvent } from '../../../sandbox/world/delivered-event.ts';

export interface Told {
  groupName: string;
  hookName: string;
  instanceId: string;
  token: string;
}

/** What each of these files tells, which a run of its own tells of an instance of its own. */
const originals = {
  'sns-terminate.json': {
    groupName: 'example-asg',
    hookName: 'dev-sg-dns-discovery-drain',
    instanceId: 'i-05629ab7d9287e205',
    token: '465e0162-e6af-4786-b4e8-bb544ae58790',
  },
  'eventbridge-terminate.json': {
    groupName: 'nth-test1',
    hookName: 'node-termination-handler',
    instanceId: 'i-0633ac2b0d9769723',
    token: '0befcbdb-6ecd-498a-9ff7-ae9b54447cd6',
  },
} as const;

/** An event of the corpus, about another instance and with a token of its own. */
export function eventFor(file: keyof typeof originals, instanceId: string): { event: unknown; told: Told } {
  const original = originals[file];
  const token = randomUUID();
  const text = JSON.stringify(readEvent(file));
  for (const value of Object.values(original)) {
    if (!text.includes(value)) throw new Error(`events/${file} does not name ${value}`);
  }
  const changed = text.replaceAll(original.instanceId, instanceId).replaceAll(original.token, token);
  return { event: JSON.parse(changed), told: { ...original, instanceId, token } };
}
