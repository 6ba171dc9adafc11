import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { clientDefaults } from './client-defaults.ts';
import { createStackOutputs, type ReadOutputs } from './stack-outputs.ts';

/** Of the account that the credentials are of. What is left out is found as every AWS tool finds it. Import it only when it is needed. */
export function openStackOutputs({ region, profile }: { region?: string; profile?: string }): ReadOutputs {
  return createStackOutputs(
    new CloudFormationClient({ ...clientDefaults, ...(region && { region }), ...(profile && { profile }) }),
  );
}
