import { describe, expect, it } from 'vitest';
import { kubePath } from '../../shared/adapters/kube-wire.ts';
import type { Stage } from './cluster-port.ts';
import { failureIn, signal, valueIn } from './cluster-port-world.ts';

export function clusterPortLookups(stage: Stage): void {
  const create = (path: string, body: object) => stage.world.send({ method: 'POST', path, body });
  const remove = (path: string) => stage.world.send({ method: 'DELETE', path });

  describe('volumes', () => {
    it('names the host that a claim is pinned to by its volume', async () => {
      const { cluster, world } = stage;
      const volumes = kubePath('api', 'v1', 'persistentvolumes');
      const name = `local-${world.id}`;
      await create(volumes, localVolume(name, world.nodes.first));
      await create(kubePath('api', 'v1', 'namespaces', world.namespace, 'persistentvolumeclaims'), claim('data', name));
      await create(
        kubePath('api', 'v1', 'namespaces', world.namespace, 'persistentvolumeclaims'),
        claim('unbound', undefined),
      );
      expect(valueIn(await cluster.getClaimVolume(world.namespace, 'data', signal))).toEqual({
        volumeName: name,
        hostnames: [world.nodes.first],
        attachedName: undefined,
        accessModes: ['ReadWriteOnce'],
      });
      expect(valueIn(await cluster.getClaimVolume(world.namespace, 'unbound', signal))).toEqual({
        volumeName: undefined,
        hostnames: [],
        attachedName: undefined,
        accessModes: ['ReadWriteOnce'],
      });
      expect(failureIn(await cluster.getClaimVolume(world.namespace, 'none', signal)).code).toBe(404);
      await remove(`${volumes}/${name}`);
    });

    it('T117: names a volume as the status of a node does while it is attached', async () => {
      const { cluster, world } = stage;
      const volumes = kubePath('api', 'v1', 'persistentvolumes');
      const name = `ebs-${world.id}`;
      await create(volumes, driverVolume(name, 'vol-1'));
      expect(valueIn(await cluster.getVolume(name, signal))).toEqual({
        hostnames: [],
        attachedName: 'kubernetes.io/csi/ebs.csi.aws.com^vol-1',
      });
      expect(failureIn(await cluster.getVolume('none', signal)).code).toBe(404);
      await remove(`${volumes}/${name}`);
    });

    it('T117: reads what the status of a node says is attached to it', async () => {
      const { cluster, world } = stage;
      const node = kubePath('api', 'v1', 'nodes', world.nodes.second);
      const attached = [{ name: 'kubernetes.io/csi/ebs.csi.aws.com^vol-1', devicePath: '' }];
      await world.send({
        method: 'PATCH',
        path: `${node}/status`,
        contentType: 'application/merge-patch+json',
        body: { status: { volumesAttached: attached } },
      });
      const { volumesAttached } = valueIn(await cluster.getNode(world.nodes.second, signal));
      expect(volumesAttached).toEqual(['kubernetes.io/csi/ebs.csi.aws.com^vol-1']);
    });

    it('lists attachments', async () => {
      const { cluster, world } = stage;
      const path = kubePath('apis', 'storage.k8s.io', 'v1', 'volumeattachments');
      const name = `csi-${world.id}`;
      const spec = {
        attacher: 'ebs.csi.aws.com',
        nodeName: world.nodes.first,
        source: { persistentVolumeName: 'pvc-1' },
      };
      await create(path, { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttachment', metadata: { name }, spec });
      const listed = valueIn(await cluster.listAttachments(signal));
      expect(listed.filter((attachment) => attachment.name === name)).toEqual([
        { name, nodeName: world.nodes.first, volumeName: 'pvc-1', attached: false },
      ]);
      await remove(`${path}/${name}`);
    });
  });

  describe('lookups', () => {
    it('answers the UID of a DaemonSet, and 404 when it is gone', async () => {
      const { cluster, world } = stage;
      const { metadata } = await create(
        kubePath('apis', 'apps', 'v1', 'namespaces', world.namespace, 'daemonsets'),
        daemonSet('agent'),
      );
      const { uid } = metadata as { uid: string };
      expect(valueIn(await cluster.getDaemonSet(world.namespace, 'agent', signal))).toMatchObject({ uid });
      expect(failureIn(await cluster.getDaemonSet(world.namespace, 'gone', signal)).code).toBe(404);
    });

    it('knows what it may and may not do', async () => {
      const evict = { verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace: 'default' };
      expect(valueIn(await stage.cluster.mayI(evict, signal))).toBe(true);
      expect(valueIn(await stage.cluster.mayI({ verb: 'delete', group: '', resource: 'nodes' }, signal))).toBe(false);
    });
  });

  describe('events', () => {
    it('writes an event about a node or a pod once', async () => {
      const { cluster, world } = stage;
      const at = '2026-02-03T04:05:06.789Z';
      const about = { type: 'Warning', reason: 'ForcedDelete', message: 'past its budget', at } as const;
      const pod = { kind: 'Pod', namespace: world.namespace, name: 'web-0', uid: 'u-1' } as const;
      const node = { kind: 'Node', name: world.nodes.first, uid: 'u-2' } as const;
      for (const [regarding, namespace] of [
        [pod, world.namespace],
        [node, 'default'],
      ] as const) {
        const event = { ...about, regarding, name: `${regarding.name}.forced` };
        valueIn(await cluster.createEvent(event, signal));
        expect(failureIn(await cluster.createEvent(event, signal))).toMatchObject({
          code: 409,
          reason: 'AlreadyExists',
        });
        const path = kubePath('api', 'v1', 'namespaces', namespace, 'events', event.name);
        expect(await world.send({ method: 'GET', path })).toMatchObject({
          type: 'Warning',
          reason: 'ForcedDelete',
          message: 'past its budget',
          source: { component: 'eks-node-lifecycle' },
          involvedObject: regarding,
        });
        await remove(path);
      }
    });
  });

  describe('leases', () => {
    it('pass from hand to hand, and refuse who comes too late', async () => {
      const { cluster, world } = stage;
      const renewedAt = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
      const draft = { name: `budget-${world.id}`, holder: 'drain-a', durationSeconds: 300, renewedAt, annotations: {} };
      expect(failureIn(await cluster.getLease(draft.name, signal)).code).toBe(404);
      const created = valueIn(await cluster.createLease(draft, signal));
      expect(created).toMatchObject(draft);
      expect(failureIn(await cluster.createLease(draft, signal))).toMatchObject({ code: 409, reason: 'AlreadyExists' });

      const next = { ...created, holder: 'drain-b', annotations: { 'example.org/pod': 'web-0' } };
      const passed = valueIn(await cluster.updateLease(next, signal));
      expect(passed).toEqual({ ...next, resourceVersion: passed.resourceVersion });
      expect(passed.resourceVersion).not.toBe(created.resourceVersion);
      expect(failureIn(await cluster.updateLease(next, signal))).toMatchObject({ code: 409, reason: 'Conflict' });
      expect(valueIn(await cluster.getLease(draft.name, signal))).toEqual(passed);
      await remove(kubePath('apis', 'coordination.k8s.io', 'v1', 'namespaces', world.namespace, 'leases', draft.name));
    });
  });
}

function localVolume(name: string, hostname: string): object {
  const here = { key: 'kubernetes.io/hostname', operator: 'In', values: [hostname] };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: '/mnt/disk' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [here] }] } },
    },
  };
}

function driverVolume(name: string, volumeHandle: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      csi: { driver: 'ebs.csi.aws.com', volumeHandle },
    },
  };
}

function claim(name: string, volumeName: string | undefined): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: volumeName === undefined ? 'none' : 'local',
      resources: { requests: { storage: '1Gi' } },
      ...(volumeName === undefined ? {} : { volumeName }),
    },
  };
}

function daemonSet(name: string): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'example.org/none': 'true' },
          containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }],
        },
      },
    },
  };
}
