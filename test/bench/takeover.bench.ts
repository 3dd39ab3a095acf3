import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { inTheMiddle } from '../commands/fleet.ts';
import { openDesk } from '../commands/workplace.ts';
import { median, rounds, tell } from './figures.ts';

vi.setConfig({ testTimeout: 3_600_000 });
/** The lease is renewed every ten seconds: the kill comes at any moment between. */
const BETWEEN_BEATS_MS = 10_000;

test('seconds from SIGKILL until another worker has taken the run over', async () => {
  const seconds: number[] = [];
  const times = rounds(20);
  for (let round = 0; round < times; round += 1) {
    await using desk = await openDesk();
    const { worker: victim, relief, goOn } = await inTheMiddle(desk);
    await sleep((round / times) * BETWEEN_BEATS_MS);
    victim.child.kill('SIGKILL');
    const killedAt = performance.now();
    goOn();
    await relief.logged('Took over the run of a worker that stopped');
    seconds.push((performance.now() - killedAt) / 1000);
    await relief.logged('The audit ended');
    relief.child.kill('SIGTERM');
    await Promise.all([victim.ended, relief.ended]);
    tell(`round ${round + 1}: ${seconds.at(-1)?.toFixed(1)} s`);
  }
  tell(
    `takeover, ${times} times: median ${median(seconds).toFixed(1)} s, longest ${Math.max(...seconds).toFixed(1)} s`,
  );
  expect(Math.max(...seconds)).toBeLessThan(60);
});
