/** `sandbox`: our model of a cluster. `real`: a Kubernetes API server. */
export type Column = 'sandbox' | 'real';

/** The scenarios that a test shows: the T-numbers with which its title begins, as in `T45 T46: …`. */
export function scenariosInTitle(title: string): string[] {
  const numbers = /^(T\d{2,3}[\s,:]+)*/.exec(title)?.[0] ?? '';
  return numbers.match(/T\d+/g) ?? [];
}

/** Against what a test runs, as one of the describe blocks around it says; undefined: neither says so. */
export function columnOf(ancestors: readonly string[]): Column | undefined {
  const around = ancestors.join('\n');
  if (/\ba real (API server|control plane)\b/.test(around)) return 'real';
  return /\b(the model|the sandbox)/.test(around) ? 'sandbox' : undefined;
}
