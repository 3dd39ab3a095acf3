interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that passes only from one wake-up to the next, so that an hour takes seconds and every run of a seed is the same. */
export function createVirtualTime() {
  const heap: Waiting[] = [];
  let now = 0;
  let order = 0;
  const before = (a: Waiting, b: Waiting): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

  const push = (one: Waiting): void => {
    let index = heap.push(one) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(one, heap[parent] as Waiting)) break;
      heap[index] = heap[parent] as Waiting;
      index = parent;
    }
    heap[index] = one;
  };
  const pop = (): Waiting | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child = right < heap.length && before(heap[right] as Waiting, heap[left] as Waiting) ? right : left;
      if (!before(heap[child] as Waiting, last)) break;
      heap[index] = heap[child] as Waiting;
      index = child;
    }
    heap[index] = last;
    return first;
  };

  return {
    now: (): number => now,
    sleep: (ms: number): Promise<void> =>
      new Promise((wake) => {
        order += 1;
        push({ at: now + Math.max(0, ms), order, wake });
      }),
    /** Lets time pass until `untilMs`; ends with everything that wanted to happen before it done. */
    async run(untilMs: number): Promise<void> {
      for (;;) {
        await new Promise(setImmediate);
        const next = heap[0];
        if (next === undefined || next.at > untilMs) break;
        pop();
        now = Math.max(now, next.at);
        next.wake();
      }
      now = untilMs;
    },
  };
}

export type VirtualTime = ReturnType<typeof createVirtualTime>;

/** Chance with a seed (mulberry32). */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
