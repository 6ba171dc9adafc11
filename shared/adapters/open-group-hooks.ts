import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { clientDefaults } from './client-defaults.ts';
import { createGroupHooks, type GroupHooks } from './group-hooks.ts';

/** Of the account that the credentials are of. What is left out is found as every AWS tool finds it. Import it only when it is needed. */
export function openGroupHooks({ region, profile }: { region?: string; profile?: string }): GroupHooks {
  return createGroupHooks(
    new AutoScalingClient({ ...clientDefaults, ...(region && { region }), ...(profile && { profile }) }),
  );
}
