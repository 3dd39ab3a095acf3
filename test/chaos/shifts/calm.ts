import { noteNight } from '../note-night.ts';
import { NIGHT, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';
import type { Shift } from './shift.ts';

/** What somebody is started for, as far as it follows from what was before. */
export type WorkOf = (stage: Stage) => Work;

/** Work in which nothing goes wrong. */
export const calmNight = (name: string, workOf: WorkOf = () => NIGHT): Shift => ({
  name,
  async run(stage) {
    const worker = stage.start(name, { work: workOf(stage) });
    await noteNight(stage, name, worker, await stage.play(worker.ended));
  },
});
