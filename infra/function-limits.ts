/** What each function gets, in a deployment and in the sandbox. */
export const functionLimits = {
  intake: { timeoutSeconds: 30, memoryMegabytes: 256 },
  terminate: { timeoutSeconds: 300, memoryMegabytes: 512 },
  launch: { timeoutSeconds: 300, memoryMegabytes: 512 },
  // Three hundred nodes are looked at one after the other; fifty thousand pods are planned with at once.
  drain: { timeoutSeconds: 300, memoryMegabytes: 1024 },
  'cluster-audit': { timeoutSeconds: 300, memoryMegabytes: 256 },
  'subnet-audit': { timeoutSeconds: 600, memoryMegabytes: 512 },
  // A tick of a run: what CloudWatch does between ticks costs no time here.
  'audit-log': { timeoutSeconds: 300, memoryMegabytes: 1024 },
} as const;

export type FunctionFolder = keyof typeof functionLimits;

/** Of the state machine's own for a tick: longer than the function's, so that the function's own error is the one that shows. */
export const tickTaskSeconds =
  Math.max(functionLimits.terminate.timeoutSeconds, functionLimits.launch.timeoutSeconds) + 60;

/** Of the state machine's own for a step between the nodes of a request. */
export const stepTaskSeconds = functionLimits.drain.timeoutSeconds + 60;

/** Of the state machine's own for a tick of the queries of logs. */
export const auditLogTaskSeconds = functionLimits['audit-log'].timeoutSeconds + 60;
