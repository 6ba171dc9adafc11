import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { GroupRollPort } from '../roll/roll-ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createGroupRoll } from './group-roll.ts';

/** Of the account that the credentials are of. What is left out is found as every AWS tool finds it. Import it only when it is needed. */
export function openGroupRoll({ region, profile }: { region?: string; profile?: string }): GroupRollPort {
  const options = { ...clientDefaults, ...(region && { region }), ...(profile && { profile }) };
  return createGroupRoll({ scaling: new AutoScalingClient(options), ec2: new EC2Client(options) });
}
