import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { askedOnce } from '../../shared/adapters/client-defaults.ts';
import { createEndInstance } from '../../shared/adapters/end-instance.ts';
import type { Connection } from '../connect/connection.ts';

/** Auto Scaling, as far as a drain asks for the end of an instance. Import it only when it is needed. */
export function endInstanceOf({ aws }: Pick<Connection, 'aws'>) {
  return createEndInstance(new AutoScalingClient({ ...askedOnce, ...aws }));
}
