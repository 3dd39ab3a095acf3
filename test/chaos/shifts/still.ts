import { noteNight } from '../note-night.ts';
import type { Shift } from './shift.ts';

const DAY_MS = 86_400_000;
/** The same for every seed, so that ages in reasons are the same as in the run without a crash. */
const STILL_AT = 3 * DAY_MS;

/** A night at a set time with nothing new since the last one. */
export const stillNight: Shift = {
  name: 'still',
  async run(stage) {
    const { time, play, pass } = stage;
    await pass(Math.max(0, STILL_AT - time.at()));
    const worker = stage.start('still');
    await noteNight(stage, 'still', worker, await play(worker.ended));
  },
};

/** Somebody who knows nothing yet looks at the same sites. */
export const witnessNight: Shift = {
  name: 'witness',
  async run(stage) {
    const worker = stage.start('witness', { witness: true });
    await noteNight(stage, 'witness', worker, await stage.play(worker.ended));
  },
};
