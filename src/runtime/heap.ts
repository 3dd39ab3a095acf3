import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow over what was alive after the last full collection, before the next one. */
const GROWTH_PERCENT = 100;

/**
 * Keeps the memory of a process near what it uses. Left to itself, V8 lets the heap of a machine with much memory grow to four times what is
 * alive: a night over 30,000 pages held 415 MB of which 60 were in use, and holds 320 like this at the same speed.
 */
export const keepHeapSmall = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
