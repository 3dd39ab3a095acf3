import type { ConfluenceOptions } from '../../src/confluence/client.ts';
import { startSite } from '../../src/simulator/server.ts';
import { CANARY, createTestClient } from '../confluence/test-client.ts';
import { shelf } from '../audit/shelf.ts';

const NOW = new Date('2026-11-22T02:00:00Z');
const TIME = { now: () => NOW, ago: (days: number) => new Date(NOW.getTime() - days * 86_400_000) };

/** A small site on a real socket and a client of it on test time; faults are armed by the test. */
export async function strickenSite(
  overrides: Partial<ConfluenceOptions> = {},
  size: Parameters<typeof shelf>[1] = { runbooks: 2 },
) {
  const { world, ...given } = shelf(TIME, size);
  const { accountId } = world.addAccount({ displayName: 'Audit Account', email: 'bot@example.com', admin: true });
  world.addCredential({ email: 'bot@example.com', token: CANARY, accountId });
  const site = await startSite({ world, now: TIME.now });
  const { confluence, clock, calls } = createTestClient(site.url, overrides);
  return {
    ...given,
    world,
    site,
    faults: site.faults,
    confluence,
    clock,
    calls,
    openSockets: site.openSockets,
    asked: () => site.requests.map(({ template }) => template),
    async [Symbol.asyncDispose]() {
      await confluence.close();
      await site.close();
    },
  };
}
