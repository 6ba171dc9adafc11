import { describe, expect, it } from 'vitest';
import { NotToBeHadError } from '../not-to-be-had.ts';
import { assign } from './assign.ts';
import type { Running } from './probe.ts';

const bare: Running = { controllers: false, scheduler: false, kwok: false };
const whole: Running = { controllers: true, scheduler: true, kwok: true };
const withoutKwok: Running = { ...whole, kwok: false };

describe('the clusters that are given', () => {
  it.each([
    ['none', {}, { bare: 'own', full: 'own', startsKwok: false }],
    ['a bare one', { TEST_KUBECONFIG: bare }, { bare: 'TEST_KUBECONFIG', full: 'own', startsKwok: false }],
    ['a whole one', { TEST_KUBECONFIG: whole }, { bare: 'own', full: 'TEST_KUBECONFIG', startsKwok: false }],
    ['one without kwok', { TEST_KUBECONFIG: withoutKwok }, { bare: 'own', full: 'TEST_KUBECONFIG', startsKwok: true }],
    [
      'one of each',
      { TEST_KUBECONFIG: bare, TEST_KUBECONFIG_CONTROLLERS: whole },
      { bare: 'TEST_KUBECONFIG', full: 'TEST_KUBECONFIG_CONTROLLERS', startsKwok: false },
    ],
    [
      'only the one with controllers',
      { TEST_KUBECONFIG_CONTROLLERS: withoutKwok },
      { bare: 'own', full: 'TEST_KUBECONFIG_CONTROLLERS', startsKwok: true },
    ],
  ])('serve what they can: %s', (_which, given, expected) => {
    expect(assign(given)).toEqual(expected);
  });

  it.each([
    [{ TEST_KUBECONFIG_CONTROLLERS: bare }, 'no controller manager and no scheduler answered on it'],
    [{ TEST_KUBECONFIG: { ...whole, scheduler: false } }, 'TEST_KUBECONFIG: no scheduler answered on it'],
    [{ TEST_KUBECONFIG: { ...bare, kwok: true } }, 'no controller manager and no scheduler'],
    [{ TEST_KUBECONFIG: whole, TEST_KUBECONFIG_CONTROLLERS: whole }, 'one of them is to be an API server without'],
  ])('are refused when they serve nothing: %j', (given, why) => {
    expect(() => assign(given)).toThrow(NotToBeHadError);
    expect(() => assign(given)).toThrow(why);
  });
});
