import type { Facts } from '../facts.ts';

/** One promise, held against all that happened under a seed. */
export interface Invariant {
  readonly id: `I${number}`;
  readonly promise: string;
  /** What breaks it, in words; nothing where it holds. */
  readonly broken: (facts: Facts) => readonly string[];
}
