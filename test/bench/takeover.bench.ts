import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { AT_ONCE, makeDue, NOTES, start, stopInTheMiddle, whoWorks } from '../commands/fleet.ts';
import { openOffice } from '../commands/office.ts';
import { openDesk, tenant } from '../commands/workplace.ts';
import { median, rounds, tell } from './figures.ts';

vi.setConfig({ testTimeout: 3_600_000 });
/** The lease is renewed every ten seconds: the kill comes at any moment between. */
const BETWEEN_BEATS_MS = 10_000;

test('seconds from SIGKILL until another worker has taken the run over', async () => {
  const seconds: number[] = [];
  const times = rounds(20);
  for (let round = 0; round < times; round += 1) {
    const office = await openOffice({ notes: NOTES });
    await using desk = await openDesk();
    desk.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
    await makeDue(desk, ['acme']);
    const middle = stopInTheMiddle(office);
    const [victim, relief] = await whoWorks([start(desk, 'start'), start(desk, 'start')]);
    const goOn = await middle;
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
