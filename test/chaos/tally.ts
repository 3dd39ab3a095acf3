import { flagsOf } from './case.ts';
import type { Played } from './crew.ts';

/** The sums of a run, and what it says of what broke. */
export interface Tally {
  readonly add: (played: Played) => void;
  readonly broken: () => number;
  readonly lines: (seconds: number) => readonly string[];
}

export function createTally(say: (line: string) => void): Tally {
  const sums = { cases: 0, nights: 0, steps: 0, requests: 0, deaths: 0, failures: 0, pauses: 0, faults: 0, checks: 0 };
  let broken = 0;
  return {
    add({ one, outcome }) {
      const { befell, armed, nights, steps, requests, checks } = outcome;
      sums.cases += 1;
      sums.nights += nights;
      sums.steps += steps;
      sums.requests += requests;
      sums.checks += checks;
      sums.faults += armed.length;
      sums.deaths += count(befell, 'die');
      sums.failures += count(befell, 'fail');
      sums.pauses += count(befell, 'pause');
      if (outcome.broken.length === 0) return;
      broken += 1;
      say(`BROKEN. Replay: npm run chaos -- ${flagsOf(one)}`);
      for (const fault of outcome.broken) say(`  ${fault}`);
      for (const fault of [...befell, ...armed]) say(`  with ${fault}`);
    },
    broken: () => broken,
    lines: (seconds) => [
      `${sums.cases} cases in ${seconds.toFixed(0)} s: ${sums.nights} nights, ${sums.steps} steps, ${sums.requests} requests`,
      `${sums.deaths} deaths, ${sums.failures} failed steps, ${sums.pauses} standstills, ${sums.faults} faults of sites`,
      `${sums.checks} checks of invariants, ${broken} cases broken`,
    ],
  };
}

const count = (befell: readonly string[], deed: string): number =>
  befell.filter((one) => one.includes(`: ${deed} at`)).length;
