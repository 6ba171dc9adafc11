/**
 * The ARNs in `mapRoles`, which is YAML, or the JSON that YAML contains. Only lines that name a role are read, so that one that is written
 * wrong does not hide the others. https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function mappedRoles(mapRoles: string): string[] {
  const written = mapRoles
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');
  return [...written.matchAll(/["']?\brolearn["']?\s*:\s*["']?(arn:[^\s"',}]+)/gi)].map(([, arn = '']) => arn);
}
