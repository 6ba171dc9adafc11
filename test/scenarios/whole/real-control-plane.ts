import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { createKubeconfigTransport } from '../../../shared/adapters/kubeconfig-transport.ts';
import { applyRights, surgeRightsIn } from '../../contract/cluster-port-rights.ts';
import { grantGroup } from '../arena/grant-group.ts';
import type { FrontRequest } from '../eks-front/front-request.ts';
import { serveEksFront } from '../eks-front/serve-eks-front.ts';
import type { ControlPlane } from './control-plane.ts';

/** The cluster of a kubeconfig's current context. Its audit log is looked for beside the kubeconfig. */
export async function openReal(kubeconfig: string): Promise<ControlPlane> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const admin = createKubeconfigTransport(config);
  await applyRights(admin);
  const requests: FrontRequest[] = [];
  const auditLog = join(dirname(kubeconfig), 'audit.log');
  return {
    admin,
    openFront: (authenticate) => serveEksFront(config, authenticate, (request) => void requests.push(request)),
    allowSurges: async (namespace) => {
      await grantGroup(admin, 'eks-node-lifecycle', surgeRightsIn(namespace));
    },
    requests,
    auditLog: existsSync(auditLog) ? auditLog : undefined,
    close: async () => admin.close(),
  };
}
