import { noteNight } from '../note-night.ts';
import type { Shift } from './shift.ts';

/** A night in which nothing goes wrong. */
export const calmNight = (name: string): Shift => ({
  name,
  async run(stage) {
    const worker = stage.start(name);
    const ended = await stage.play(worker.ended);
    await noteNight(stage, name, worker, ended);
  },
});
