import { roleKeys } from './simulate/subnet-tags.ts';

/** The role that a tag's key means but does not say: it differs in case or whitespace, by a letter or two, or in the word for a load balancer. */
export function meantRoleKey(key: string): string | undefined {
  const exact: readonly string[] = Object.values(roleKeys);
  if (exact.includes(key)) return undefined;
  const plain = key.toLowerCase().replace(/\s/g, '');
  return exact.find((each) => plain === each) ?? byWords(plain) ?? exact.find((each) => isMisspelt(plain, each));
}

/** `elb` is too short for misspellings of it to be told from other words. */
function isMisspelt(plain: string, exact: string): boolean {
  const [path, role] = parted(plain);
  const [wantedPath, wantedRole] = parted(exact);
  const isRole = role === wantedRole || (wantedRole.length > 3 && distance(role, wantedRole) <= 2);
  return isRole && distance(path, wantedPath) <= 2;
}

function parted(key: string): [string, string] {
  const at = key.lastIndexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** `kubernetes.io/role/` and nothing but words that are said of load balancers, such as `public-elb` or `alb-internal`. */
function byWords(plain: string): string | undefined {
  const [, role] = /^k(?:ubernetes|8s)\.io[/:_-]roles?[/:_-](.+)$/.exec(plain) ?? [];
  const words = role?.match(/internal|private|internet|facing|public|external|[ean]?lb|loadbalancers?|[-_/]/g);
  if (!role || words?.join('') !== role || !words.some((word) => /lb|balancer/.test(word))) return undefined;
  return /internal|private/.test(role) ? roleKeys.internal : roleKeys['internet-facing'];
}

/** Letters to add, drop or change. https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1];
    for (const [other, wanted] of [...b].entries()) {
      const changed = (row[other] ?? 0) + Number(letter !== wanted);
      next.push(Math.min(changed, (row[other + 1] ?? 0) + 1, (next[other] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
