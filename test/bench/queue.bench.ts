import { expect, test, vi } from 'vitest';
import { createLog } from '../../src/runtime/log.ts';
import { openQueue } from '../../src/schedule/queue.ts';
import { eachDatabase } from '../database.ts';
import { rounds, tell } from './figures.ts';

const AT_ONCE = 4;

eachDatabase('what the queue costs', (open) => {
  test('a night of tenants with nothing to do', async () => {
    const { store } = await open();
    const log = createLog({ level: 'error', format: 'json', now: () => new Date(), write: tell });
    const queue = await openQueue({ store, adminUrl: null, log });
    const tenants = rounds(200);
    const sentAt = performance.now();
    for (let index = 0; index < tenants; index += 1) {
      await queue.enqueue({ tenantId: `tenant-${index}`, at: new Date(0) }, new Date());
    }
    const workAt = performance.now();
    const seen = new Set<string>();
    const cpuBefore = process.cpuUsage();
    await queue.work(async ({ tenantId }) => {
      seen.add(tenantId);
      return null;
    }, AT_ONCE);
    await vi.waitFor(() => expect(seen.size).toBe(tenants), { timeout: 600_000, interval: 20 });
    const [sending, working] = [workAt - sentAt, performance.now() - workAt].map((ms) => ms / tenants);
    const { user, system } = process.cpuUsage(cpuBefore);
    tell(
      `${store.kind}, ${tenants} tenants, ${AT_ONCE} at once: sending ${sending?.toFixed(1)} ms, delivering ${working?.toFixed(1)} ms, CPU ${((user + system) / 1000 / tenants).toFixed(1)} ms a tenant`,
    );
    await queue.stop();
  });
});
