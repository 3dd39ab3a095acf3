import { noteNight } from '../note-night.ts';
import { LEASE_MS } from './struck.ts';
import type { Stage } from '../stage.ts';
import type { WorkOf } from './calm.ts';
import type { Shift } from './shift.ts';

/** So many further nights bring everything in order. */
const NIGHTS = 4;

/** A label that was added less long ago counts as there, whoever took it off: the night after learns of it. */
const SHOWS_AFTER_MS = 600_000;

/** The same work with nothing going wrong any more, until all tenants are complete. One that begins later stands for the next slot. */
export const recovery = (workOf: WorkOf): Shift => ({
  name: 'recovery',
  async run(stage) {
    const work = workOf(stage);
    stage.offsets.worker = 0;
    stage.offsets.database = 0;
    if (isInOrder(stage)) return;
    const unlabelled = stage.wikis.flatMap(({ changes }) => changes.filter(({ deed }) => deed === 'unlabel'));
    const settled = Math.max(stage.time.now().getTime(), ...unlabelled.map(({ at }) => at + SHOWS_AFTER_MS));
    for (let count = 1; count <= NIGHTS; count += 1) {
      await stage.pass(count === 1 ? LEASE_MS : 3_700_000);
      const name = `recovery-${count}`;
      const worker = stage.start(name, { work });
      const ended = await stage.play(worker.ended);
      await noteNight(stage, name, worker, ended);
      const complete =
        ended.how === 'ended' && [...ended.results, ...ended.written].every(({ outcome }) => outcome === 'complete');
      // One that took an old run over may have been told by it what was true before people changed it.
      const fresh = stage.notes.at(-1)?.moments.every(({ from }) => from >= settled) === true;
      if (complete && (fresh || stage.scenario.edits.length === 0)) return;
    }
  },
});

/** A night that was taken over and is complete leaves nothing to do, unless somebody changed a page or an answer got lost. */
function isInOrder({ scenario, notes }: Stage): boolean {
  const { edits, siteFaults, deeds, work } = scenario;
  const clear =
    work === 'audit' &&
    edits.length === 0 &&
    siteFaults === 0 &&
    !deeds.some((each) => [...each.values()].some(({ does }) => does === 'fail'));
  return clear && scenario.tenants.every((tenant) => outcomeOf(notes, tenant) === 'complete');
}

const outcomeOf = (notes: Stage['notes'], tenant: string) =>
  notes.flatMap(({ shift, moments }) => (shift === 'struck' ? moments : [])).some((moment) => moment.tenant === tenant)
    ? 'complete'
    : null;
