import { AwsError } from './aws-error.ts';
import type { LoadBalancing, SandboxTargetGroup } from './load-balancing.ts';
import { listOf, pageOf, structuresOf } from './query-protocol.ts';
import type { Operation } from './wire.ts';
import type { XmlValue } from './xml.ts';

/** Elastic Load Balancing, version 2015-12-01, as far as it tells of targets and takes them out. */
export function targetGroupOperations(
  balancing: LoadBalancing,
): Record<string, (input: Operation['input']) => XmlValue> {
  return {
    DescribeTargetGroups: (input) => {
      const { items, next } = pageOf(balancing.groups(), input);
      return { TargetGroups: items.map((group) => describe(group, balancing)), NextMarker: next };
    },

    DescribeTargetHealth: (input) => {
      const group = balancing.groupNamed(String(input.TargetGroupArn));
      const here = balancing.targets(group);
      const asked = structuresOf(input, 'Targets.member').map(({ Id = '', Port }) => ({
        id: Id,
        port: Port === undefined ? group.port : Number(Port),
      }));
      const told = asked.map((key) => here.find(({ id, port }) => id === key.id && port === key.port) ?? absent(key));
      return {
        TargetHealthDescriptions: (asked.length > 0 ? told : here).map(({ id, port, state }) => ({
          Target: { Id: id, Port: port },
          HealthCheckPort: String(port),
          TargetHealth: { State: state, Reason: reasons[state] },
        })),
      };
    },

    DescribeTags: (input) => {
      const arns = listOf(input, 'ResourceArns.member');
      if (arns.length > 20) throw new AwsError(400, 'ValidationError', 'You can describe tags of at most 20 resources');
      return {
        TagDescriptions: arns.map((arn) => ({
          ResourceArn: arn,
          Tags: Object.entries(balancing.groupNamed(arn).tags).map(([Key, Value]) => ({ Key, Value })),
        })),
      };
    },

    // A target that is not there is no error:
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html
    DeregisterTargets: (input) => {
      const { name } = balancing.groupNamed(String(input.TargetGroupArn));
      for (const { Id = '', Port } of structuresOf(input, 'Targets.member')) {
        balancing.deregisterTarget(name, { id: Id, port: Port === undefined ? undefined : Number(Port) });
      }
      return {};
    },
  };
}

const absent = (key: { id: string; port: number }) => ({ ...key, state: 'unused' });

const reasons: Readonly<Record<string, string>> = {
  initial: 'Elb.InitialHealthChecking',
  unhealthy: 'Target.FailedHealthChecks',
  'unhealthy.draining': 'Target.FailedHealthChecks',
  draining: 'Target.DeregistrationInProgress',
  unused: 'Target.NotRegistered',
  unavailable: 'Elb.InternalError',
};

function describe({ name, type, port, vpcId, inUse }: SandboxTargetGroup, { arnOf }: LoadBalancing): XmlValue {
  const arn = arnOf(name);
  const balancer = arn.replace(':targetgroup/', ':loadbalancer/app/');
  return {
    TargetGroupArn: arn,
    TargetGroupName: name,
    TargetType: type,
    LoadBalancerArns: inUse ? [balancer] : [],
    ...(type !== 'lambda' && { Protocol: 'HTTP', Port: port, VpcId: vpcId }),
  };
}
