import type { CallEffect } from './event.ts';

/** A fault that waits for its call. Instants are epoch milliseconds. */
export interface FaultRule {
  matches(call: string): boolean;
  effect: CallEffect;
  skip: number;
  times: number;
  until: number;
}

export interface FaultRules {
  add(rule: FaultRule): void;
  /** The effect on this call; the first rule that is left counts. */
  take(call: string, now: number): CallEffect | undefined;
}

export function createFaultRules(): FaultRules {
  let rules: FaultRule[] = [];
  return {
    add: (rule) => void rules.push({ ...rule }),
    take(call, now) {
      rules = rules.filter(({ times, until }) => times > 0 && now < until);
      for (const rule of rules) {
        if (!rule.matches(call)) continue;
        if (rule.skip > 0) {
          rule.skip -= 1;
          continue;
        }
        rule.times -= 1;
        return rule.effect;
      }
      return undefined;
    },
  };
}
