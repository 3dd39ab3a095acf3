import { interfere } from '../people.ts';
import { armSite } from '../site-faults.ts';
import { noteNight } from '../note-night.ts';
import type { Stage, Worker } from '../stage.ts';
import type { WorkOf } from './calm.ts';
import type { Shift } from './shift.ts';

/** A lease is over this long after its worker's last beat. */
export const LEASE_MS = 46_000;

/** The work in which things go wrong: deeds of the scenario befall the workers, faults the sites, and people change pages meanwhile. */
export const struckWork = (workOf: WorkOf): Shift => ({
  name: 'struck',
  async run(stage) {
    const work = workOf(stage);
    const { scenario, time, play, pass } = stage;
    const others = [people(stage), ...clocks(stage)];
    armSite(stage);
    const workers = [stage.start('first', { work, deeds: scenario.deeds[0] ?? new Map() })];
    const rival =
      scenario.rivalAfter === null
        ? null
        : time.sleep(scenario.rivalAfter * 1000).then(() => stage.start('rival', { work }));
    for (const [index, deeds] of [...scenario.deeds.slice(1), new Map()].entries()) {
      const last = workers.at(-1) as Worker;
      // Whoever looks at the lease sees no difference between a process that died and one that stands still.
      await play(Promise.race([last.ended, last.life.paused]));
      if (last.life.dead() || last.life.standsStill()) {
        await pass(LEASE_MS);
        workers.push(stage.start(`taker-${index + 1}`, { work, deeds }));
      }
    }
    const all = [...workers, ...(rival === null ? [] : [await play(rival)])];
    for (const worker of all) await noteNight(stage, 'struck', worker, await play(worker.ended));
    await play(Promise.all(others));
    for (const site of stage.sites.values()) site.faults.clear();
  },
});

async function people({ scenario, time, random, wikis, trace }: Stage): Promise<void> {
  const begun = time.at();
  const touched = new Map(wikis.map((wiki) => [wiki, new Set<string>()]));
  for (const at of scenario.edits.toSorted((a, b) => a - b)) {
    await time.sleep(begun + at - time.at());
    const wiki = random.pick(wikis);
    trace.add(
      `${time.at()} people ${wiki.name} ${interfere(wiki, random, time.now(), touched.get(wiki) ?? new Set())}`,
    );
  }
}

const clocks = ({ scenario, time, offsets, trace }: Stage): Promise<void>[] =>
  scenario.clockSteps.map(async ({ of, afterMs, seconds }) => {
    await time.sleep(afterMs);
    offsets[of] += seconds * 1000;
    trace.add(`${time.at()} clock of ${of} steps ${seconds} s`);
  });
