import { createRandom } from '../../src/simulator/seed/random.ts';
import type { Deed } from './life.ts';
import { calmly, type Scenario, scenarioOf, type Setting, settingOf } from './scenario.ts';

/** What is played at once: a seed, or one deed at one step of a night in which nothing else goes wrong. */
export type Case =
  | { readonly kind: 'seed'; readonly seed: number }
  | { readonly kind: 'step'; readonly variant: number; readonly step: number; readonly does: Deed['does'] };

export const DEEDS: readonly Deed['does'][] = ['die', 'fail', 'pause'];
/** Longer than a lease. */
const PAUSE_MS = 75_000;

/** The flags that play it again. */
export const flagsOf = (one: Case): string =>
  one.kind === 'seed' ? `--seed ${one.seed}` : `--variant ${one.variant} --step ${one.step} --deed ${one.does}`;

/** The scenario of a case; `stepsOf` plays the night without trouble. */
export async function scenarioFor(one: Case, stepsOf: (setting: Setting) => Promise<number>): Promise<Scenario> {
  if (one.kind === 'seed') return scenarioOf(one.seed, stepsOf);
  const { variant, step, does } = one;
  const deed: Deed = does === 'pause' ? { does, ms: PAUSE_MS } : { does };
  const seed = createRandom(`step ${step} ${does}`).int(1_000_000);
  return { ...calmly(settingOf(variant)), seed, deeds: [new Map([[step, deed]])] };
}
