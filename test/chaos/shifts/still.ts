import { noteNight } from '../note-night.ts';
import type { Work } from '../work.ts';
import type { Shift } from './shift.ts';

const DAY_MS = 86_400_000;

/** A night on a set day with nothing new since the last one; the day is the same for every seed, so that ages in reasons are. */
export const stillNight = (work: Work, day: number): Shift => ({
  name: 'still',
  async run(stage) {
    const { time, play, pass } = stage;
    await pass(Math.max(0, day * DAY_MS - time.at()));
    const worker = stage.start('still', { work });
    await noteNight(stage, 'still', worker, await play(worker.ended));
  },
});

/** Somebody who knows nothing yet looks at the same sites. */
export const witnessNight: Shift = {
  name: 'witness',
  async run(stage) {
    const worker = stage.start('witness', { witness: true, work: { job: 'audit', mode: 'audit' } });
    await noteNight(stage, 'witness', worker, await stage.play(worker.ended));
  },
};
