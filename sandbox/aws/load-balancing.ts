import type { Clock } from '../../shared/ports.ts';
import { AwsError } from './aws-error.ts';

export interface SandboxTargetGroup {
  name: string;
  type: 'instance' | 'ip' | 'lambda';
  port: number;
  vpcId: string;
  tags: Record<string, string>;
  deregistrationSeconds: number;
  /** From registering to the last health check that it takes. */
  healthySeconds: number;
  /** Whether a load balancer sends anything to it. */
  inUse: boolean;
}

export interface SandboxClassic {
  name: string;
  vpcId: string;
  tags: Record<string, string>;
  /** 0: connection draining is off. */
  drainingSeconds: number;
}

/** Instants are epoch milliseconds. */
interface Membership {
  id: string;
  port?: number;
  registeredAt: number;
  deregisteredAt?: number;
  /** Instead of what the time says, while it is registered. */
  state?: string;
}

export interface TargetKey {
  id: string;
  port?: number | undefined;
}

export type LoadBalancing = ReturnType<typeof createLoadBalancing>;

/** Target groups, Classic Load Balancers and what is registered in them; states follow from the time, as in Auto Scaling's model. */
export function createLoadBalancing({ clock, account, region }: { clock: Clock; account: string; region: string }) {
  const groups = new Map<string, SandboxTargetGroup>();
  const classics = new Map<string, SandboxClassic>();
  const members = new Map<string, Membership[]>();
  const arnPrefix = `arn:aws:elasticloadbalancing:${region}:${account}`;
  const arnOf = (name: string) => `${arnPrefix}:targetgroup/${name}/${Buffer.from(name).toString('hex').slice(0, 16)}`;

  const membersOf = (key: string) => members.get(key) ?? [];
  const register = (key: string, id: string, port?: number) => {
    const others = membersOf(key).filter((member) => member.id !== id || member.port !== port);
    members.set(key, [...others, { id, ...(port !== undefined && { port }), registeredAt: clock.now() }]);
  };
  const deregister = (key: string, { id, port }: TargetKey) => {
    for (const member of membersOf(key)) {
      if (member.id === id && (port === undefined || member.port === port)) member.deregisteredAt ??= clock.now();
    }
  };
  const isOver = ({ deregisteredAt }: Membership, seconds: number) =>
    deregisteredAt !== undefined && clock.now() >= deregisteredAt + seconds * 1000;

  const groupNamed = (arn: string) => {
    const group = [...groups.values()].find(({ name }) => arnOf(name) === arn);
    if (group) return group;
    throw new AwsError(400, 'TargetGroupNotFound', 'One or more target groups not found');
  };
  const classicNamed = (name: string) => {
    const classic = classics.get(name);
    if (classic) return classic;
    throw new AwsError(400, 'LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${name}'`);
  };
  const targetState = (group: SandboxTargetGroup, { state, registeredAt, deregisteredAt }: Membership) => {
    if (!group.inUse) return 'unused';
    if (deregisteredAt !== undefined) return 'draining';
    return state ?? (clock.now() < registeredAt + group.healthySeconds * 1000 ? 'initial' : 'healthy');
  };

  return {
    arnOf,
    groupNamed,
    classicNamed,
    groups: () => [...groups.values()],
    classics: () => [...classics.values()],

    addGroup(group: Pick<SandboxTargetGroup, 'name'> & Partial<SandboxTargetGroup>): void {
      const usual = { type: 'instance' as const, port: 30080, vpcId: 'vpc-0a1b2c3d', tags: {}, inUse: true };
      groups.set(group.name, { ...usual, deregistrationSeconds: 300, healthySeconds: 10, ...group });
    },
    addClassic(classic: Pick<SandboxClassic, 'name'> & Partial<SandboxClassic>): void {
      classics.set(classic.name, { vpcId: 'vpc-0a1b2c3d', tags: {}, drainingSeconds: 300, ...classic });
    },
    removeGroup: (name: string) => groups.delete(name),
    removeClassic: (name: string) => classics.delete(name),

    registerTarget: (group: string, id: string, port = groups.get(group)?.port) => register(`group ${group}`, id, port),
    deregisterTarget: (group: string, target: TargetKey) => deregister(`group ${group}`, target),
    registerInstance: (classic: string, id: string) => register(`classic ${classic}`, id),
    deregisterInstance: (classic: string, id: string) => deregister(`classic ${classic}`, { id }),

    /** Puts a target into a state, whatever its health. */
    setState(group: string, id: string, state: string): void {
      for (const member of membersOf(`group ${group}`)) if (member.id === id) member.state = state;
    },

    /** Those that are registered or still draining. */
    targets(group: SandboxTargetGroup): { id: string; port: number | undefined; state: string }[] {
      const here = membersOf(`group ${group.name}`).filter((member) => !isOver(member, group.deregistrationSeconds));
      return here.map((member) => ({ id: member.id, port: member.port, state: targetState(group, member) }));
    },

    instancesOf: ({ name }: SandboxClassic): string[] =>
      membersOf(`classic ${name}`).flatMap(({ id, deregisteredAt }) => (deregisteredAt === undefined ? [id] : [])),

    /** Those that are registered or still draining. */
    standingOf({ name, drainingSeconds }: SandboxClassic): { id: string; state: string; draining: boolean }[] {
      const here = membersOf(`classic ${name}`).filter((member) => !isOver(member, drainingSeconds));
      return here.map(({ id, deregisteredAt }) => ({ id, state: 'InService', draining: deregisteredAt !== undefined }));
    },

    /** As DescribeInstanceHealth tells it: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-conn-drain.html */
    instanceState({ name, drainingSeconds }: SandboxClassic, id: string): { state: string; description: string } {
      const member = membersOf(`classic ${name}`).find((one) => one.id === id && !isOver(one, drainingSeconds));
      if (!member)
        return {
          state: 'OutOfService',
          description: 'Instance is not currently registered with the LoadBalancer.',
        };
      const draining = member.deregisteredAt !== undefined;
      return {
        state: 'InService',
        description: draining ? 'Instance deregistration currently in progress.' : 'N/A',
      };
    },
  };
}
