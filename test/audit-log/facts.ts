/** What the queries look for in the objects of a request and its answer. */
export interface Facts {
  /** What the request makes of spec.unschedulable, as a text when it is an operation of a JSON patch; null: it takes it away. */
  unschedulable?: boolean | string | null;
  /** As the request puts it; null: it takes them away. */
  taints?: unknown[] | null;
  excludeLB?: string;
  mapRoles?: string;
  mapUsers?: string;
  role?: string;
  subjectKind?: string;
  subjectName?: string;
  signer?: string;
  requester?: string;
  condition?: string;
  cause?: string;
  target?: string;
  reason?: string;
  privileged?: boolean;
  hostPath?: string;
  sysctl?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind.
type Any = any;

export function factsOf(sent: Any, answered: Any): Facts {
  const operation = (path: string) => (Array.isArray(sent) ? sent.find((one) => one.path === path) : undefined);
  const patched = operation('/spec/unschedulable');
  const exclude = (object: Any) =>
    object?.metadata?.labels?.['node.kubernetes.io/exclude-from-external-load-balancers'];
  const pod = sent?.spec?.containers ? sent.spec : answered?.spec?.containers ? answered.spec : undefined;
  const facts: Record<keyof Facts, unknown> = {
    unschedulable: patched ? (patched.value === undefined ? null : String(patched.value)) : sent?.spec?.unschedulable,
    taints: operation('/spec/taints') ? (operation('/spec/taints').value ?? null) : sent?.spec?.taints,
    excludeLB: exclude(sent) ?? exclude(answered),
    mapRoles: sent?.data?.mapRoles,
    mapUsers: sent?.data?.mapUsers,
    role: sent?.roleRef?.name ?? answered?.roleRef?.name,
    subjectKind: sent?.subjects?.[0]?.kind ?? answered?.subjects?.[0]?.kind,
    subjectName: sent?.subjects?.[0]?.name ?? answered?.subjects?.[0]?.name,
    signer: sent?.spec?.signerName ?? answered?.spec?.signerName,
    requester: answered?.spec?.username,
    condition: sent?.status?.conditions?.[0]?.type,
    cause: answered?.details?.causes?.[0]?.message,
    target: sent?.target?.name,
    reason: answered?.kind === 'Status' ? answered.reason : undefined,
    privileged: pod?.containers.some((one: Any) => one.securityContext?.privileged) || undefined,
    hostPath: pod?.volumes?.find((one: Any) => one.hostPath)?.hostPath.path,
    sysctl: sent?.status?.reason === 'SysctlForbidden' || undefined,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Facts;
}
