import { expect, test } from 'vitest';
import type { SettingsInput } from '../../infra/settings/schema.ts';
import { inWords, synthesize } from './synthesize.ts';

const inner: SettingsInput = {
  clusters: [{ name: 'inner', network: 'inner' }],
  networks: [{ name: 'inner', vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'] }],
};

/** By function, where there is any. */
function reserved(settings: SettingsInput): Record<string, number> {
  const functions = Object.entries(synthesize(settings).findResources('AWS::Lambda::Function'));
  return Object.fromEntries(
    functions.flatMap(([id, { Properties }]) =>
      'ReservedConcurrentExecutions' in Properties
        ? [[String(inWords({ Ref: id })).slice(1, -1), Properties.ReservedConcurrentExecutions]]
        : [],
    ),
  );
}

test('a storm of nodes takes no more than a share of the account in each place, and nobody takes that', () => {
  expect(reserved(inner)).toEqual({ DrainTick: 200, LaunchTick: 100, DraininnerTick: 200, LaunchinnerTick: 100 });
});

test('the shares are those of the settings; an account that has none to give reserves nothing', () => {
  expect(reserved({ reservedConcurrency: { drain: 7 } })).toEqual({ DrainTick: 7, LaunchTick: 100 });
  expect(reserved({ reservedConcurrency: { drain: 'none', launch: 'none' } })).toEqual({});
});
