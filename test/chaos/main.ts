import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Case, DEEDS } from './case.ts';
import { gatherCrew } from './crew.ts';
import { memoryFaults } from './memory.ts';
import { replay } from './replay.ts';
import { takeSnapshot } from './snapshot.ts';
import { createTally } from './tally.ts';

// `npm run chaos -- --seeds 300`, or `--seed 17` to see one of them again: docs/chaos.md.
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    'every-step': { type: 'boolean', default: false },
    variant: { type: 'string', default: '0' },
    step: { type: 'string' },
    deed: { type: 'string', default: 'die' },
    minutes: { type: 'string', default: '600' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const began = performance.now();
const seconds = (): number => (performance.now() - began) / 1000;

const snapshot = await takeSnapshot();
const only = oneCase();
if (only !== null) process.exitCode = (await replay(snapshot, only, say)) ? 0 : 1;
else {
  const crew = await gatherCrew(await snapshot.arrayBuffer(), Math.min(8, availableParallelism()));
  const cases = values['every-step'] ? await everyStep() : seeds();
  const tally = createTally(say);
  const heaps = await crew.playAll(
    cases,
    (played) => tally.add(played),
    () => seconds() < Number(values.minutes) * 60,
  );
  await crew.close();
  const faults = memoryFaults(heaps);
  for (const line of [...faults, ...tally.lines(seconds())]) say(line);
  process.exitCode = tally.broken() + faults.length === 0 ? 0 : 1;

  async function everyStep(): Promise<Case[]> {
    const variant = Number(values.variant);
    const steps = await crew.stepsOf(variant);
    return Array.from({ length: steps }, (_, index) => index + 1).flatMap((step) =>
      DEEDS.map((does): Case => ({ kind: 'step', variant, step, does })),
    );
  }
}

function seeds(): Case[] {
  const from = Number(values.from);
  return Array.from({ length: Number(values.seeds) }, (_, index) => ({ kind: 'seed', seed: from + index }));
}

function oneCase(): Case | null {
  if (values.seed !== undefined) return { kind: 'seed', seed: Number(values.seed) };
  const does = DEEDS.find((deed) => deed === values.deed);
  if (values.step === undefined || does === undefined) return null;
  return { kind: 'step', variant: Number(values.variant), step: Number(values.step), does };
}
