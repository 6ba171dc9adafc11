/** The first `limit` of all items offered, in order; keeps no more than those. Items that compare equal stay as offered. */
export interface TopRows<T> {
  /** Whether an item would be among the first so far: ask before making what is costly to keep. */
  admits(candidate: T): boolean;
  offer(item: T): void;
  inOrder(): T[];
}

/** A binary heap with the last of the kept items on top. `compare` must be a total order. */
export function topRows<T>(limit: number, compare: (left: T, right: T) => number): TopRows<T> {
  const heap: T[] = [];
  const isAfter = (i: number, j: number) => compare(heap[i] as T, heap[j] as T) > 0;
  const swap = (i: number, j: number) => {
    [heap[i], heap[j]] = [heap[j] as T, heap[i] as T];
  };
  const rise = (from: number) => {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isAfter(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = () => {
    for (let at = 0; ; ) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && isAfter(child, last)) last = child;
      if (last === at) return;
      swap(at, last);
      at = last;
    }
  };
  const admits = (candidate: T) => heap.length < limit || (limit > 0 && compare(candidate, heap[0] as T) < 0);
  return {
    admits,
    offer: (item) => {
      if (!admits(item)) return;
      if (heap.length < limit) {
        heap.push(item);
        rise(heap.length - 1);
      } else {
        heap[0] = item;
        sink();
      }
    },
    inOrder: () => [...heap].sort(compare),
  };
}
