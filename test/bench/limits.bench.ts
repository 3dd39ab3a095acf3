import { expect, test } from 'vitest';
import { rounds, tell } from './figures.ts';
import { aimdConcurrency, fullJitter, ownRetryAfter } from './limits/baselines.ts';
import type { MakeManner, Scenario } from './limits/crawl.ts';
import { alone, shared } from './limits/manners.ts';
import { realTime } from './limits/real-time.ts';
import { SCENARIOS } from './limits/scenarios.ts';
import { cellsOf, HEADINGS, line, measure } from './limits/table.ts';

const SEEDS = rounds(7);

/** The clients that are compared; the shared pacer where there is somebody to share with. */
const clientsIn = ({ warm, processes = 1 }: Scenario): [string, () => MakeManner][] => [
  ...(processes > 1 ? [['pacer, shared', () => shared({ warm })] as [string, () => MakeManner]] : []),
  [
    processes > 1 ? 'pacer, each for itself' : 'pacer',
    () => alone({ warm: warm === undefined ? undefined : warm / processes }),
  ],
  ['each its own Retry-After', () => ownRetryAfter],
  ['full jitter', () => fullJitter],
  ['AIMD concurrency', () => aimdConcurrency],
];

test('at a limit, in virtual time', async () => {
  tell(`Virtual time, ${SEEDS} seeds, share 1.0: median and worst seed.`);
  tell(line(HEADINGS));
  tell(line(HEADINGS.map(() => '---')));
  for (const scenario of SCENARIOS) {
    for (const [client, manner] of clientsIn(scenario)) {
      const row = await measure(scenario, manner, SEEDS);
      tell(line(cellsOf(scenario.name, client, row)));
      if (client !== 'pacer' && client !== 'pacer, shared') continue;
      const { used, refused } = scenario.goal ?? { used: 0, refused: 100 };
      expect.soft(row.used, `${scenario.name}: used`).toBeGreaterThanOrEqual(used);
      expect.soft(row.refused, `${scenario.name}: refused`).toBeLessThanOrEqual(refused);
    }
  }
});

test('the same in real time: the client over HTTP against the simulator', async () => {
  tell('Real time, one round, share 1.0.');
  for (const processes of [1, 4]) {
    const { text, used, refused } = await realTime(processes);
    tell(text);
    expect.soft(used).toBeGreaterThan(80);
    expect.soft(refused).toBeLessThan(3);
  }
});
