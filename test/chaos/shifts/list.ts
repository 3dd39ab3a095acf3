import type { Scenario } from '../scenario.ts';
import { NIGHT, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';
import { calmNight } from './calm.ts';
import { noon, until } from './day-between.ts';
import { recovery } from './recovery.ts';
import type { Shift } from './shift.ts';
import { stillNight, witnessNight } from './still.ts';
import { struckWork } from './struck.ts';

const PLAN: Work = { job: 'audit', mode: 'plan' };
const APPLY: Work = { job: 'apply' };
const audit = (): Work => NIGHT;
const plan = (): Work => PLAN;
const apply = (): Work => APPLY;
/** Takes back what the last calm apply did. */
const undo = ({ notes }: Stage): Work => ({
  job: 'undo',
  runs: new Map(
    notes
      .filter(({ shift }) => shift === UNDONE)
      .flatMap(({ written }) => written.flatMap(({ tenantId, runId }) => (runId === null ? [] : [[tenantId, runId]]))),
  ),
});
/** The shift whose run an undo takes back. */
export const UNDONE = 'apply-2';

/** The kinds of work under one seed, in their order. Other kinds are added here. */
export function shiftsOf(scenario: Scenario): readonly Shift[] {
  const witness = scenario.edits.length > 0 ? [witnessNight] : [];
  if (scenario.work === 'audit') {
    const prior = scenario.prior ? [calmNight('prior'), noon(4), until(scenario.ladder ? 2 : 1)] : [];
    // A step of a ladder has its grace, which begins where the one before was taken.
    const settle = scenario.ladder ? [until(4), calmNight('settle')] : [];
    const still = stillNight(NIGHT, scenario.ladder ? 6 : 3);
    return [...prior, struckWork(audit), recovery(audit), ...settle, still, ...witness];
  }
  // Plans by night, and somebody who carries them out by day; people work in between.
  const begin = [
    calmNight('plan-1', plan),
    noon(3),
    calmNight('apply-1', apply),
    until(2),
    calmNight('plan-2', plan),
    noon(3, 2),
  ];
  const struck =
    scenario.work === 'apply'
      ? [struckWork(apply), recovery(apply)]
      : [calmNight(UNDONE, apply), noon(3, 3), struckWork(undo), recovery(undo)];
  // What failed is planned anew, and a page that came back in between goes all the way again.
  const settle = [4, 6, 8].flatMap((day) => [
    until(day),
    calmNight(`plan-${day}`, plan),
    until(day, 12),
    calmNight(`apply-${day}`, apply),
  ]);
  return [...begin, ...struck, ...settle, stillNight(PLAN, 10), ...witness];
}
