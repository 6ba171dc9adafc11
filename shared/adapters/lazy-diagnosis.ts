import type { DiagnosisPort } from '../launch/launch-ports.ts';
import { once } from './once.ts';

/** Most launches need no diagnosis, and its three clients are more than all the rest of the function. */
export function lazyDiagnosis(): DiagnosisPort {
  const opened = once(async () => (await import('./open-diagnosis.ts')).openDiagnosis());
  return {
    instance: async (instanceId, signal) => (await opened()).instance(instanceId, signal),
    nodeRoleArn: async (profileArn, signal) => (await opened()).nodeRoleArn(profileArn, signal),
    accessEntry: async (clusterName, roleArn, signal) => (await opened()).accessEntry(clusterName, roleArn, signal),
    consoleOutput: async (instanceId, signal) => (await opened()).consoleOutput(instanceId, signal),
  };
}
