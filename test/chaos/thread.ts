import { parentPort, workerData } from 'node:worker_threads';
import { type Case, scenarioFor } from './case.ts';
import { heapInMb } from './memory.ts';
import { createPlayer, type Outcome } from './player.ts';
import { settingOf } from './scenario.ts';
import { openTheatre } from './theatre.ts';

/** What a thread is told to do. */
export type Task =
  | { readonly kind: 'play'; readonly one: Case; readonly twice: boolean }
  | { readonly kind: 'steps'; readonly variant: number }
  | { readonly kind: 'heap' };

/** What it answers, in the same order. */
export type Answer =
  | { readonly kind: 'played'; readonly one: Case; readonly outcome: Outcome; readonly ms: number }
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'heap'; readonly mb: number };

const port = parentPort;
if (port === null) throw new Error('This file is a thread of main.ts.');
const { snapshot } = workerData as { snapshot: ArrayBuffer };
const theatre = await openTheatre(new Blob([snapshot]));
const player = createPlayer(theatre);

async function answer(task: Task): Promise<Answer> {
  if (task.kind === 'heap') return { kind: 'heap', mb: heapInMb() };
  if (task.kind === 'steps') return { kind: 'steps', steps: await player.stepsOf(settingOf(task.variant)) };
  const scenario = await scenarioFor(task.one, player.stepsOf);
  const began = performance.now();
  const outcome = await player.play(scenario);
  const ms = performance.now() - began;
  if (!task.twice) return { kind: 'played', one: task.one, outcome, ms };
  const again = await player.play(scenario);
  const broken = again.hash === outcome.hash ? [] : [`replay: ${again.hash} after ${outcome.hash}`];
  return { kind: 'played', one: task.one, outcome: { ...outcome, broken: [...outcome.broken, ...broken] }, ms };
}

port.on('message', (task: Task) => {
  answer(task).then(
    (made) => port.postMessage(made),
    (error: unknown) => {
      throw error;
    },
  );
});
port.postMessage('ready');
