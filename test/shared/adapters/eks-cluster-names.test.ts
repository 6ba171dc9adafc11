import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { listClusterNames } from '../../../shared/adapters/eks-cluster-names.ts';

const never = new AbortController().signal;

it('lists the clusters of all pages', async () => {
  const eks = mockClient(EKSClient);
  eks.on(ListClustersCommand).resolves({ clusters: ['c'] });
  eks.on(ListClustersCommand, { nextToken: undefined }).resolves({ clusters: ['a', 'b'], nextToken: '1' });
  eks.on(ListClustersCommand, { nextToken: '1' }).resolves({ clusters: ['c'] });
  expect(await listClusterNames(new EKSClient({}), never)).toEqual(['a', 'b', 'c']);
});

it('says what it was doing when it may not', async () => {
  const eks = mockClient(EKSClient);
  eks.onAnyCommand().rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  await expect(listClusterNames(new EKSClient({}), never)).rejects.toThrow(
    'listing the clusters of the region: AccessDeniedException: no',
  );
});
