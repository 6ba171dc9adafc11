import type { AwsSandbox } from '../aws/aws-sandbox.ts';
import { budget, deployment } from './manifests.ts';
import { instanceGoes, nobodyWasForced, onlyStayingPodsAreLeft, secondOf } from './must.ts';
import type { Scenario } from './scenario.ts';

const drainingSeconds = 30;
const webGroup = { name: 'k8s-shop-web', tags: { 'elbv2.k8s.aws/cluster': 'demo' } };

export const loadBalancer: Scenario = {
  name: 'load-balancer',
  title: 'the instance waits until the load balancer has drained its connections',
  shows:
    'The label on the node makes the load balancer controller take it out; the hook is completed when no connection is left to cut.',
  workloads: [deployment('web', { replicas: 3 }), budget('web', { maxUnavailable: 1 })],
  policy: { detachSeconds: 50, deadlineSeconds: 150 },
  script: async ({ aws, action, begin, deliver, until }) => {
    aws.balancing.addGroup({ ...webGroup, deregistrationSeconds: drainingSeconds, healthySeconds: 1 });
    await until(() => stateOf(aws, action.instanceId) === 'healthy');
    aws.scaling.terminateInstance(action.instanceId, () => action.token);
    begin();
    await deliver('sns-terminate.json');
  },
  must: {
    ...instanceGoes('drained'),
    ...onlyStayingPodsAreLeft,
    ...nobodyWasForced,
    'the instance is out of the target group, and the other nodes are in it': ({ aws, report }) =>
      stateOf(aws, report?.action.instanceId ?? '') === undefined && statesOf(aws).join() === 'healthy,healthy',
    'the report names the target that was waited for': ({ report }) =>
      report?.timeline.some(
        ({ what, text }) => what === 'attached' && /group k8s-shop-web: i-\S+ is draining/.test(text),
      ) === true,
    'the hook was not completed before its connections had drained': (outcome) => {
      const at = (what: string) => outcome.report?.timeline.findLast((entry) => entry.what === what)?.at;
      return secondOf(at('completing'), outcome) - secondOf(at('marked'), outcome) >= drainingSeconds;
    },
  },
};

function stateOf(aws: AwsSandbox, instanceId: string): string | undefined {
  return targetsOf(aws).find(({ id }) => id === instanceId)?.state;
}

function statesOf(aws: AwsSandbox): string[] {
  return targetsOf(aws).map(({ state }) => state);
}

function targetsOf({ balancing }: AwsSandbox) {
  return balancing.groups().flatMap(balancing.targets);
}
