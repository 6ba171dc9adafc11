import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from '../../control-plane/binaries/artefacts.ts';
import { type GroupOptions, openGroup } from '../../control-plane/processes/open-group.ts';
import type { Component } from '../../control-plane/processes/start-component.ts';
import { controllerComponents, kwokComponent, serverComponents } from '../../control-plane/server/components.ts';
import { freePorts } from '../../control-plane/server/free-ports.ts';
import { clusterName, createStateFolder } from '../../control-plane/server/state-folder.ts';
import { waitForServer } from '../../control-plane/server/wait-for-server.ts';
import { type Front, serveFront } from './front.ts';
import { ownCertificate } from './own-certificate.ts';

export interface AuditedPlane {
  front: Front;
  /** With audit.log and NAME.log of each component. */
  folder: string;
  /** Rejects when a component ends by itself. */
  failed: Promise<never>;
  close(): Promise<void>;
}

/** As they are called on EKS, so that the queries know them. */
const components = {
  controllers: 'system:kube-controller-manager',
  scheduler: 'system:kube-scheduler',
  kwok: 'kwok',
} as const;

/**
 * A control plane of which everything is known: nobody but its own components and whoever comes through the front asks it for anything.
 * Its components are called as on EKS and each controller has an account of its own.
 */
export async function startAuditedPlane(binaries: Binaries, options: GroupOptions): Promise<AuditedPlane> {
  const state = createStateFolder();
  const folder = state.path;
  const group = openGroup(folder, options);
  try {
    const [apiServer = 0, etcd = 0, etcdPeer = 0] = await freePorts(3);
    const server = `https://127.0.0.1:${apiServer}`;
    const proxy = await ownCertificate('front-proxy', 'front');
    const users = await Promise.all(Object.values(components).map((user) => ownCertificate(user, 'system:masters')));
    const [controllers, scheduler, kwok] = users as [Pem, Pem, Pem];
    const authorities = write('clients.crt', users.map(({ cert }) => cert).join('\n'));
    group.start(
      serverComponents(binaries, folder, { apiServer, etcd, etcdPeer }).map(
        (component) =>
          ({
            etcd: withFlags(component, { 'quota-backend-bytes': String(quotaBytes) }),
            'kube-apiserver': withFlags(component, {
              'client-ca-file': authorities,
              'requestheader-client-ca-file': write('front-proxy.crt', proxy.cert),
              'requestheader-username-headers': 'X-Remote-User',
              'requestheader-group-headers': 'X-Remote-Group',
              'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
              // Deprecated, and served on demand.
              'runtime-config': 'networking.k8s.io/v1beta1=true',
              'allow-privileged': 'true',
              v: '2',
            }),
          })[component.name] ?? component,
      ),
    );
    const ca = await Promise.race([waitForServer(server, state, options.signal), group.failed()]);
    const kubeconfig = (user: string, { key, cert }: Pem) => {
      const credentials = { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: clusterName, cluster: { server, 'certificate-authority-data': base64(ca) } }],
        users: [{ name: user, user: credentials }],
        contexts: [{ name: clusterName, context: { cluster: clusterName, user } }],
        'current-context': clusterName,
      };
      return write(`${user.replaceAll(':', '-')}.kubeconfig`, JSON.stringify(config));
    };
    const [manager, schedulerComponent] = [
      controllerComponents(binaries, folder, kubeconfig(components.controllers, controllers))[0],
      controllerComponents(binaries, folder, kubeconfig(components.scheduler, scheduler))[1],
    ] as [Component, Component];
    group.start([
      withFlags(manager, { 'use-service-account-credentials': 'true' }),
      withFlags(schedulerComponent, { v: '2' }),
      kwokComponent(binaries, kubeconfig(components.kwok, kwok)),
    ]);
    const front = await serveFront({ server, ca, ...proxy });
    const close = async () => {
      await front.close();
      await group.close();
    };
    return { front, folder, failed: group.failed(), close };
  } catch (error) {
    await group.close();
    throw error;
  }

  function write(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }
}

interface Pem {
  key: string;
  cert: string;
}

/** What the database may hold before etcd takes no more: it is filled at the end. */
const quotaBytes = 48 * 1024 * 1024;

const base64 = (text: string) => Buffer.from(text).toString('base64');

function withFlags(component: Component, flags: Record<string, string>): Component {
  return {
    ...component,
    args: [...component.args, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`)],
  };
}
