import { EKSClient } from '@aws-sdk/client-eks';
import { describe, expect, it } from 'vitest';
import type { SandboxCluster } from '../../../sandbox/aws/eks-service.ts';
import { type ClusterConnection, createEksClusters } from '../../../shared/adapters/eks-clusters.ts';
import type { ClusterPort } from '../../../shared/cluster-port.ts';
import { never, startAws } from '../../sandbox/aws/start-aws.ts';

const prod: SandboxCluster = {
  name: 'prod',
  status: 'ACTIVE',
  endpoint: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com',
  caData: 'Q0E=',
  accessEntries: {},
};

async function start() {
  const aws = await startAws();
  const opened: ClusterConnection[] = [];
  const openCluster = (connection: ClusterConnection) => {
    opened.push(connection);
    return { ...connection } as unknown as ClusterPort;
  };
  const clusters = createEksClusters(new EKSClient(aws.clientOptions), { openCluster, clock: aws.clock });
  const setCluster = (change: Partial<SandboxCluster>) => aws.sandbox.clusters.set('prod', { ...prod, ...change });
  setCluster({});
  return { ...aws, clusters, opened, setCluster, open: () => clusters.open('prod', never) };
}

describe('the clusters of EKS', () => {
  it('are opened with endpoint and certificate', async () => {
    const { open, opened } = await start();
    expect(await open()).toMatchObject({ found: 'cluster', name: 'prod' });
    expect(opened).toEqual([{ name: 'prod', endpoint: prod.endpoint, caData: prod.caData }]);
  });

  it('are told with the VPC that they are in, also when they are remembered', async () => {
    const { open, setCluster } = await start();
    setCluster({ vpcId: 'vpc-0a1b2c3d' });
    expect(await open()).toMatchObject({ vpcId: 'vpc-0a1b2c3d' });
    expect(await open()).toMatchObject({ vpcId: 'vpc-0a1b2c3d' });
  });

  it('are remembered for a minute, and the opened cluster for as long as it stays where it is', async () => {
    const { open, opened, clock, operations, setCluster } = await start();
    const first = await open();
    await clock.advance(59_000);
    expect(await open()).toEqual(first);
    expect(operations()).toHaveLength(1);

    await clock.advance(1_000);
    expect(await open()).toEqual(first);
    expect(operations()).toHaveLength(2);
    expect(opened).toHaveLength(1);

    await clock.advance(60_000);
    setCluster({ endpoint: 'https://NEW.gr7.eu-west-1.eks.amazonaws.com' });
    await open();
    expect(opened.map(({ endpoint }) => endpoint.slice(8, 11))).toEqual(['ABC', 'NEW']);
  });

  it('are gone when EKS does not know them', async () => {
    const { clusters } = await start();
    expect(await clusters.open('never/was', never)).toEqual({ found: 'gone' });
  });

  it('are gone within a minute after their deletion began', async () => {
    const { open, clock, setCluster } = await start();
    await open();
    setCluster({ status: 'DELETING' });
    await clock.advance(60_000);
    expect(await open()).toEqual({ found: 'gone' });
  });

  it('throw while they are being created', async () => {
    const { clusters, sandbox } = await start();
    sandbox.clusters.set('new', { name: 'new', status: 'CREATING', accessEntries: {} });
    await expect(clusters.open('new', never)).rejects.toThrow('opening cluster new: it has no endpoint or certificate');
  });
});
