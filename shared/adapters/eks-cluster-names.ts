import { type EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { during } from './during.ts';

/** Of all clusters of the region. */
export function listClusterNames(client: Pick<EKSClient, 'send'>, signal: AbortSignal): Promise<string[]> {
  return during('listing the clusters of the region', signal, listAll(client, signal));
}

async function listAll(client: Pick<EKSClient, 'send'>, signal: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListClustersCommand({ nextToken, maxResults: 100 }), { abortSignal: signal });
    names.push(...(page.clusters ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
}
