import { EC2Client } from '@aws-sdk/client-ec2';
import { callerAccount } from './caller-account.ts';
import { clientDefaults } from './client-defaults.ts';
import { createSubnetTags, type SubnetTagging } from './subnet-tags.ts';

export interface TaggingAccess {
  region?: string;
  profile?: string;
  /** Only for a sandbox: default the region's own. */
  stsEndpoint?: string;
}

export interface OpenTagging extends SubnetTagging {
  /** Whose the credentials are, and where they are used. */
  place(signal: AbortSignal): Promise<{ account: string; region: string }>;
}

/** What is left out is found as every AWS tool finds it. Import it only when it is needed. */
export function openSubnetTags({ stsEndpoint, ...access }: TaggingAccess): OpenTagging {
  const client = new EC2Client({ ...clientDefaults, ...access });
  return {
    ...createSubnetTags(client),
    place: async (signal) => {
      const region = await client.config.region();
      const options = { region, credentials: client.config.credentials, ...(stsEndpoint && { stsEndpoint }) };
      return { account: await callerAccount(options, signal), region };
    },
  };
}
