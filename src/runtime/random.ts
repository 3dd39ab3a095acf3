import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../domain/uuidv7.ts';

/** Chance, and ids made of chance and time. */
export interface Random {
  /** At least 0 and below 1. */
  readonly roll: () => number;
  /** A version 7 UUID of this moment. */
  readonly id: () => string;
  /** 256 bits for a key that lives as long as the process. */
  readonly key: () => Uint8Array;
}

/** Real randomness; ids take their time from `now`. */
export function createRandom({ now }: { now: () => Date }): Random {
  return {
    roll: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
    id: () => uuidv7(now(), randomBytes(16)),
    key: () => randomBytes(32),
  };
}
