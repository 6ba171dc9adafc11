import { parseQuantity } from './quantity.ts';

/** Amounts by the resource's name: `cpu` in thousandths, `memory` and `ephemeral-storage` in bytes, everything else counted. */
export type Resources = Readonly<Record<string, number>>;

/** Quantities as an API server writes them; what cannot be read is left out. */
export function readResources(quantities: Readonly<Record<string, string>> | undefined): Resources {
  const amounts: Record<string, number> = {};
  for (const [name, quantity] of Object.entries(quantities ?? {})) {
    const amount = parseQuantity(quantity, name === 'cpu' ? 1000 : 1);
    if (amount !== undefined) amounts[name] = amount;
  }
  return amounts;
}

export function plus(...all: readonly Resources[]): Resources {
  const sum: Record<string, number> = {};
  for (const one of all) for (const [name, amount] of Object.entries(one)) sum[name] = (sum[name] ?? 0) + amount;
  return sum;
}

/** The larger of each. */
export function most(...all: readonly Resources[]): Resources {
  const largest: Record<string, number> = {};
  for (const one of all)
    for (const [name, amount] of Object.entries(one)) largest[name] = Math.max(largest[name] ?? 0, amount);
  return largest;
}
