import { NotToBeHadError } from '../not-to-be-had.ts';
import type { Running } from './probe.ts';

/** Which cluster serves which half of the tests. */
export interface Assignment {
  /** Of the API server without controllers: a given cluster, or one of our own. */
  bare: 'TEST_KUBECONFIG' | 'own';
  /** Of the cluster with controllers, scheduler and simulated kubelets. */
  full: 'TEST_KUBECONFIG' | 'TEST_KUBECONFIG_CONTROLLERS' | 'own';
  /** The full one is given without kwok, which we start beside it. */
  startsKwok: boolean;
}

/** Gives each cluster to the half that it can serve. Throws NotToBeHadError for one that can serve none. */
export function assign(given: { TEST_KUBECONFIG?: Running; TEST_KUBECONFIG_CONTROLLERS?: Running }): Assignment {
  const { TEST_KUBECONFIG: first, TEST_KUBECONFIG_CONTROLLERS: second } = given;
  if (second) demandControllers('TEST_KUBECONFIG_CONTROLLERS', second);
  if (!first || isBare(first)) {
    const bare = first ? 'TEST_KUBECONFIG' : 'own';
    return second
      ? { bare, full: 'TEST_KUBECONFIG_CONTROLLERS', startsKwok: !second.kwok }
      : { bare, full: 'own', startsKwok: false };
  }
  demandControllers('TEST_KUBECONFIG', first);
  if (second)
    throw new NotToBeHadError(
      'TEST_KUBECONFIG has controllers, as TEST_KUBECONFIG_CONTROLLERS has: one of them is to be an API server without, or absent',
    );
  return { bare: 'own', full: 'TEST_KUBECONFIG', startsKwok: !first.kwok };
}

function isBare({ controllers, scheduler, kwok }: Running): boolean {
  return !controllers && !scheduler && !kwok;
}

function demandControllers(variable: string, { controllers, scheduler }: Running): void {
  if (controllers && scheduler) return;
  const missing = [controllers ? '' : 'no controller manager', scheduler ? '' : 'no scheduler'].filter(Boolean);
  throw new NotToBeHadError(`${variable}: ${missing.join(' and ')} answered on it within ten seconds`);
}
