import {
  isControllersOwn,
  isInstanceHeld,
  isTargetHeld,
  type LoadBalancerMode,
  type Registration,
} from '../lifecycle/registration.ts';
import type { BalancedNode, LoadBalancerPort, Log } from '../ports.ts';
import type { Classic, ClassicLoadBalancers } from './classic-load-balancers.ts';
import { freshFor } from './fresh-for.ts';
import { DeniedError } from './paced-calls.ts';
import type { Group, Target, TargetGroups } from './target-groups.ts';

interface Parts {
  groups: TargetGroups;
  classics: ClassicLoadBalancers;
  log: Log;
}

/** Both APIs as one port. Groups and their targets are described once for all drains of a warm function. */
export function createLoadBalancers(mode: LoadBalancerMode, { groups, classics, log }: Parts): LoadBalancerPort {
  const told = new Set<string>();
  const tell = ({ right }: DeniedError) => {
    if (!told.has(right)) log.warn('load balancers not seen', { right });
    told.add(right);
    return right;
  };

  return {
    async stillRegistered(node, signal) {
      const looks = await Promise.allSettled([inGroups(node, signal), inClassics(node, signal)]);
      const denied: string[] = [];
      const registrations = looks.flatMap((look) => {
        if (look.status === 'fulfilled') return look.value.filter(({ held }) => held);
        if (!(look.reason instanceof DeniedError)) throw look.reason;
        denied.push(tell(look.reason));
        return [];
      });
      const left = registrations.map(({ registration }) => registration);
      return denied.length > 0 ? { registrations: left, denied: denied.join(', ') } : { registrations: left };
    },

    async deregister(node, signal) {
      if (mode === 'off' || mode === 'wait') return undefined;
      const taken = [() => outOfGroups(node, signal), () => outOfClassics(node, signal)].map(unlessDenied);
      return (await Promise.all(taken)).flat().flat();
    },
  };

  async function unlessDenied<T>(act: () => Promise<T>): Promise<T[]> {
    try {
      return [await act()];
    } catch (error) {
      if (!(error instanceof DeniedError)) throw error;
      tell(error);
      return [];
    }
  }

  async function inGroups(node: BalancedNode, signal: AbortSignal) {
    const mayHold = (await groups.groups(signal)).filter((group) => isOfVpc(group, node));
    const found = mayHold.map(async (group) => {
      const isOurs = ({ id, state }: Target) => namesOf(group, node).includes(id) && state !== 'unused';
      const isFresh = (targets: Target[], age: number) =>
        age < freshFor(mayHold.length, node.drains, targets.some(isOurs));
      const ours = (await groups.targetsOf(group, isFresh, signal)).filter(isOurs);
      return ours.map((target) => ({
        group,
        target,
        held: isTargetHeld(target.state),
        registration: registrationOf(group, target),
      }));
    });
    return (await allOf(found)).flat();
  }

  async function inClassics({ instanceId, ...where }: BalancedNode, signal: AbortSignal) {
    const mayHold = (await classics.balancers(signal)).filter((classic) => isOfVpc(classic, where));
    const found = mayHold.map(async (classic) => {
      const isHeld = (state: string) => isInstanceHeld(state, classic.instances.includes(instanceId));
      const isFresh = ({ state }: { state: string }, age: number) =>
        age < freshFor(mayHold.length, where.drains, isHeld(state));
      const { state, draining } = await classics.stateOf(classic, instanceId, isFresh, signal);
      const told = { target: instanceId, state: draining ? 'draining' : state };
      const registration: Registration = { kind: 'classic', group: classic.name, ...told };
      return { classic, draining, held: isHeld(state), registration };
    });
    return allOf(found);
  }

  async function outOfGroups(node: BalancedNode, signal: AbortSignal): Promise<Registration[]> {
    const found = (await inGroups(node, signal)).filter(({ target }) => target.state !== 'draining');
    const byGroup = Map.groupBy(found, ({ group }) => group.arn);
    const foreign = await foreignOf([...byGroup.keys()], groups.tagKeys, signal);
    const taken: Registration[] = [];
    for (const [arn, ours] of byGroup) {
      const [first] = ours;
      if (!first || !foreign.includes(arn)) continue;
      const targets = ours.map(({ target }) => target);
      const [done] = await unlessDenied(() => groups.deregister(first.group, targets, signal));
      if (done) taken.push(...ours.map(({ registration }) => registration));
    }
    return taken;
  }

  async function outOfClassics(node: BalancedNode, signal: AbortSignal): Promise<Registration[]> {
    const found = (await inClassics(node, signal)).filter(({ held, draining }) => held && !draining);
    const names = found.map(({ classic }) => classic.name);
    const foreign = await foreignOf(names, classics.tagKeys, signal);
    const taken: Registration[] = [];
    for (const { classic, registration } of found) {
      if (!foreign.includes(classic.name)) continue;
      const [done] = await unlessDenied(() => classics.deregister(classic, node.instanceId, signal));
      if (done) taken.push(registration);
    }
    return taken;
  }

  /** Those that may be taken from: not what a controller registers, and not what cannot be told. */
  async function foreignOf(keys: string[], ask: TargetGroups['tagKeys'], signal: AbortSignal): Promise<string[]> {
    if (mode === 'deregister-all' || keys.length === 0) return keys;
    const tags = await ask(keys, signal);
    return keys.filter((key) => {
      const its = tags.get(key);
      return its !== undefined && !isControllersOwn(its);
    });
  }
}

/** Waits for all, and throws what the first of them failed with: nothing is left under way when a function is frozen. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function isOfVpc({ vpcId }: Group | Classic, node: Pick<BalancedNode, 'vpcId'>): boolean {
  return node.vpcId === undefined || vpcId === undefined || vpcId === node.vpcId;
}

function namesOf({ type }: Group, { instanceId, addresses }: BalancedNode): readonly string[] {
  return type === 'instance' ? [instanceId] : addresses;
}

function registrationOf({ name: group }: Group, { id, port, state }: Target): Registration {
  return { kind: 'target-group', group, target: port === undefined ? id : `${id}:${port}`, state };
}
