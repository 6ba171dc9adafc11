import { EC2Client } from '@aws-sdk/client-ec2';
import type { ComputePort } from '../ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { createCompute } from './ec2.ts';

/** Import it only when it is needed. The client is named here: a dynamic import of the package would bundle all of its commands. */
export function openCompute(): ComputePort {
  return createCompute(new EC2Client(clientDefaults));
}
