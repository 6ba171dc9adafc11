/** The CNI's own settings. https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables */
const settings =
  /^(AWS_VPC_|AWS_MANAGE_ENIS|ENABLE_|DISABLE_|WARM_|MINIMUM_IP_TARGET$|MAX_ENI$|ENI_CONFIG_|ANNOTATE_POD_IP$|POD_SECURITY_GROUP_|NETWORK_POLICY_|CLUSTER_NAME$|VPC_ID$)/;
const secretive = /passw|secret|token|credential|key|auth/i;

/** Whether an environment variable by this name is a setting whose value may be shown. */
export function isPlainSetting(name: string): boolean {
  return settings.test(name) && !secretive.test(name);
}

const flags = ['feature-gates', 'cluster-name', 'ingress-class', 'load-balancer-class', 'aws-vpc-id', 'aws-region'];

/** Of a command line, the flags that say how subnets are found, each with its value. */
export function plainFlags(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const flag = flags.find((name) => word === `--${name}` || word.startsWith(`--${name}=`));
    if (flag === undefined) return [];
    const next = words[at + 1];
    return word.includes('=') || next === undefined ? [word] : [word, next];
  });
}

const annotations = [
  ...['type', 'scheme', 'internal', 'ip-address-type', 'subnets'].map(
    (name) => `service.beta.kubernetes.io/aws-load-balancer-${name}`,
  ),
  ...['scheme', 'ip-address-type', 'subnets'].map((name) => `alb.ingress.kubernetes.io/${name}`),
  'kubernetes.io/ingress.class',
];

/** Those by which somebody asks for a load balancer and its subnets; others may hold anything. */
export function plainAnnotations(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => annotations.includes(key)));
}
