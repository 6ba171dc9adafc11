const pattern = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:([numkMGTPE])|([KMGTPE])i|[eE]([+-]?\d+))?$/;
const decimalExponents = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 } as const;
const binaryExponents = { K: 1, M: 2, G: 3, T: 4, P: 5, E: 6 } as const;

/** More is the same as this to a server, too: 2^63 - 1. */
const mostDigits = 40;

/**
 * A Kubernetes quantity such as `100m`, `1.5Gi` or `1e3`, times `scale`, rounded up to a whole number as the scheduler does; undefined when
 * it is none. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string | number, scale = 1): number | undefined {
  const match = pattern.exec(String(text).trim());
  if (!match) return undefined;
  const [, sign, digits = '', decimal, binary, exponent] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const power = decimal ? decimalExponents[decimal as keyof typeof decimalExponents] : Number(exponent ?? 0);
  if (Math.abs(power) > mostDigits || whole.length + fraction.length > mostDigits) return undefined;
  const factor = binary ? 1024n ** BigInt(binaryExponents[binary as keyof typeof binaryExponents]) : 1n;
  const tens = power - fraction.length;
  const amount = BigInt(whole + fraction) * factor * BigInt(scale) * 10n ** BigInt(Math.max(0, tens));
  const divisor = 10n ** BigInt(Math.max(0, -tens));
  return sign === '-' ? Number(-(amount / divisor)) : Number((amount + divisor - 1n) / divisor);
}
