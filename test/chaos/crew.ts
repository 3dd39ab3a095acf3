import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Case } from './case.ts';
import type { Answer, Task } from './thread.ts';

/** Every so many cases are played twice and must come out the same. */
const TWICE_EVERY = 20;
/** Cases of a thread between two looks at its memory. */
const LOOK_EVERY = 25;

export type Played = Extract<Answer, { kind: 'played' }>;

/** Threads that play cases; a case has no other outcome in another thread or after other cases. */
export interface Crew {
  readonly stepsOf: (variant: number) => Promise<number>;
  /** Plays all and tells of each; returns the heaps of the threads over time, in MB. */
  readonly playAll: (
    cases: readonly Case[],
    tell: (played: Played) => void,
    mayGoOn: () => boolean,
  ) => Promise<readonly (readonly number[])[]>;
  readonly close: () => Promise<void>;
}

export async function gatherCrew(snapshot: ArrayBuffer, size: number): Promise<Crew> {
  const threads = await Promise.all(
    Array.from({ length: size }, async () => {
      const thread = new Worker(new URL('thread.ts', import.meta.url), { workerData: { snapshot } });
      await once(thread, 'message');
      return thread;
    }),
  );
  return {
    async stepsOf(variant) {
      const [first] = threads;
      const answer = first === undefined ? null : await ask(first, { kind: 'steps', variant });
      return answer?.kind === 'steps' ? answer.steps : 0;
    },
    async playAll(cases, tell, mayGoOn) {
      const left = cases.map((one, index) => ({ one, twice: index % TWICE_EVERY === 0 }));
      const work = async (thread: Worker): Promise<number[]> => {
        const heaps: number[] = [];
        for (let count = 1; ; count += 1) {
          const next = mayGoOn() ? left.shift() : undefined;
          if (next === undefined) break;
          const answer = await ask(thread, { kind: 'play', ...next });
          if (answer.kind === 'played') tell(answer);
          if (count % LOOK_EVERY === 0) heaps.push(...(await heap(thread)));
        }
        return heaps;
      };
      return Promise.all(threads.map(work));
    },
    close: async () => void (await Promise.all(threads.map((thread) => thread.terminate()))),
  };
}

const ask = async (thread: Worker, task: Task): Promise<Answer> => {
  // Of a thread, not of a window: it has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage(task);
  const [answer] = (await once(thread, 'message')) as [Answer];
  return answer;
};

const heap = async (thread: Worker): Promise<number[]> => {
  const answer = await ask(thread, { kind: 'heap' });
  return answer.kind === 'heap' ? [answer.mb] : [];
};
