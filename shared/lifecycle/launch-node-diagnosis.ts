import { cutText } from './cut-text.ts';
import type { Diagnosis, LaunchFacts } from './launch-facts.ts';
import { type SetOnNode, sayPod, sayReady } from './launch-readiness.ts';
import type { NodeView } from './node.ts';
import { commandLine } from './shell-quote.ts';

/** DaemonSets that bring the pod network. */
const networkSets = /\/(?:aws-node|cilium|calico-node|canal|kube-flannel(?:-ds)?|weave-net|antrea-agent)$/;
/** How a kubelet puts that it waits for the pod network. */
const networkMessage = /cni plugin not initialized|cni config uninitialized|network ?plugin|network not ready/i;

/** Of an instance that has a Node: what it says of itself, or what it lacks. */
export function diagnoseNode(node: NodeView, { sets }: Pick<LaunchFacts, 'sets'>): Diagnosis {
  const unready = sets.filter(({ pod }) => !pod?.ready);
  const network = unready.find(({ name }) => networkSets.test(name));
  const describe = commandLine('kubectl', 'describe', 'node', node.name);
  if (node.ready === 'Unknown') {
    const text = `Node ${node.name} is ${sayReady(node)}: its kubelet does not report, or no longer`;
    return { code: 'kubelet-silent', text, fix: describe };
  }
  const waitsForNetwork = networkMessage.test(node.readyMessage ?? '');
  if (node.ready === 'False' && !waitsForNetwork) {
    return { code: 'node-not-ready', text: `Node ${node.name} is ${sayReady(node)}`, fix: describe };
  }
  if (network) {
    const code = network.pod ? 'cni-pod-not-running' : 'cni-pod-missing';
    const state = node.ready === 'False' ? ` while Node ${node.name} is ${sayReady(node)}` : '';
    return { code, text: `${saySet(network)}${state}`, fix: fixFor(network) };
  }
  if (node.ready === 'False') {
    const text = `Node ${node.name} is ${sayReady(node)}: no DaemonSet that we know to bring the pod network is unready on it`;
    return { code: 'cni-not-initialized', text, fix: listPods(node) };
  }
  const [other] = unready;
  if (!other) return { code: 'ready-meanwhile', text: `Node ${node.name} is ready, but was not in time` };
  const code = other.pod ? 'daemon-set-not-ready' : 'daemon-set-missing';
  return { code, text: saySet(other), fix: fixFor(other) };
}

function saySet(set: SetOnNode): string {
  const message = set.pod?.waiting?.message;
  return `${sayPod(set)}${message === undefined ? '' : `: ${cutText(message)}`}`;
}

function fixFor({ name, pod }: SetOnNode): string {
  if (!pod) {
    const [namespace = '', set = ''] = name.split('/');
    return commandLine('kubectl', '-n', namespace, 'describe', 'daemonset', set);
  }
  const { waiting } = pod;
  if (waiting && /CrashLoop|Error|OOMKilled/.test(waiting.reason) && !/Image|Config|Create/.test(waiting.reason)) {
    return commandLine('kubectl', '-n', pod.namespace, 'logs', pod.name, '-c', waiting.container, '--previous');
  }
  return commandLine('kubectl', '-n', pod.namespace, 'describe', 'pod', pod.name);
}

function listPods({ name }: NodeView): string {
  const onNode = `spec.nodeName=${name}`;
  return commandLine('kubectl', 'get', 'pods', '--all-namespaces', '-o', 'wide', '--field-selector', onNode);
}
