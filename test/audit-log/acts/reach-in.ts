import { leaving, podOf, pods } from './scenery.ts';
import { expectCode, type Stage } from './stage.ts';

/** Into pods and nodes; there is no kubelet to answer. */
export async function reachIn(stage: Stage): Promise<void> {
  const hand = stage.by('stagehand');
  expectCode(await hand.post(pods, podOf('shell')), 201);
  await stage.until(
    'the pod to reach into runs',
    async () => (await hand.get(`${pods}/shell`)).body.status.phase === 'Running',
  );
  const [ana, ben] = [stage.by('ana', 'kubectl/v1.29.0'), stage.by('ben')];
  await ana.upgrade('GET', `${pods}/shell/exec?command=id&container=main&stdout=true`);
  await ana.upgrade('POST', `${pods}/shell/exec?command=id&container=main&stdout=true`);
  await ana.upgrade('POST', `${pods}/shell/attach?container=main&stdout=true`);
  await ana.upgrade('GET', `${pods}/shell/portforward?ports=8080`);
  await ana.get(`${pods}/shell/proxy/metrics`);
  await ana.get(`/api/v1/nodes/${leaving}/proxy/configz`);
  await ana.get('/api/v1/namespaces/default/services/kubernetes/proxy/');
  await ben.upgrade('GET', `${pods}/shell/exec?command=id`);
  const debug = { spec: { ephemeralContainers: [{ name: 'debug', image: 'busybox', targetContainerName: 'main' }] } };
  expectCode(await ana.strategic(`${pods}/shell/ephemeralcontainers`, debug), 200);
  await stage.kubectl('ana', 'exec', '-n', 'shop', 'shell', '--', 'id');
}
