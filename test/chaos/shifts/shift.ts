import type { Stage } from '../stage.ts';

/** One kind of work under a seed; a seed is a list of them, one after the other. */
export interface Shift {
  readonly name: string;
  readonly run: (stage: Stage) => Promise<void>;
}
