import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { GroupLookups } from '../ports.ts';

import { clientDefaults } from './client-defaults.ts';
import { createGroupLookups } from './group-lookups.ts';

/** Import it only when it is needed. */
export function openGroupLookups(): GroupLookups {
  return createGroupLookups(new AutoScalingClient(clientDefaults));
}
