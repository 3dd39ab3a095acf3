import { createAuthorize } from '../../../src/confluence/auth.ts';
import { createConfluence } from '../../../src/confluence/client.ts';
import { createPacerRegistry } from '../../../src/confluence/pacer-registry.ts';
import { createClock } from '../../../src/runtime/clock.ts';
import { startSite } from '../../../src/simulator/server.ts';
import { createWorld } from '../../../src/simulator/world.ts';
import { paceBook } from '../../../src/exchange.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { openPostgres } from '../../database.ts';
import { alone, shared } from './manners.ts';
import { measure } from './table.ts';

const SECONDS = 25;
const SHAPE = { perSecond: 20, burst: 20 };
const KEY = { site: 'https://bench.example', account: 'bench', share: 1 };

/** Real clients in a cold start over HTTP; several of them share their pace through a real Postgres, each with its own pool. */
export async function realTime(processes: number): Promise<{ text: string; used: number; refused: number }> {
  const clock = createClock();
  const world = createWorld({ id: 'bench' });
  const { accountId } = world.addAccount({ displayName: 'Audit', email: 'audit@bench.example' });
  world.addCredential({ email: 'audit@bench.example', token: 'secret', accountId });
  const site = await startSite({ world });
  site.faults.rateLimit = { ...SHAPE, retryAfter: 'exact' };
  const database = await openPostgres();
  const until = clock.monotonic() + SECONDS * 1_000;

  const crawl = async (self: string): Promise<void> => {
    const store = await openStore({ databaseUrl: database.url ?? '' });
    const book = paceBook(store);
    const registry = createPacerRegistry({
      steadyNow: clock.monotonic,
      sleep: clock.sleep,
      ...(processes === 1 ? {} : { book, self }),
    });
    const confluence = createConfluence({
      site: site.url,
      authorize: createAuthorize({ type: 'basic', email: 'audit@bench.example', token: 'secret' }),
      pacer: registry.pacerFor(KEY),
      budget: { requests: 100_000, until: new Date(Date.now() + 600_000) },
      now: clock.now,
      random: Math.random,
      sleep: clock.sleep,
      maxConcurrency: 16 / processes,
    });
    const worker = async (): Promise<void> => {
      while (clock.monotonic() < until) await confluence.spaces({});
    };
    await Promise.all(Array.from({ length: 16 / processes }, worker));
    await confluence.close();
    await store.close();
  };
  const startedAt = Date.now();
  await Promise.all(Array.from({ length: processes }, (_, index) => crawl(String(index))));
  const seconds = (Date.now() - startedAt) / 1_000;
  const refused = site.requests.filter(({ status }) => status === 429).length;
  const served = site.requests.length - refused;
  await site.close();
  await database.close();

  const scenario = { name: '', shape: SHAPE, seconds: SECONDS, processes };
  const virtual = await measure(scenario, () => (processes === 1 ? alone({}) : shared({})), 7);
  const used = (100 * served) / (SHAPE.perSecond * seconds + SHAPE.burst);
  const share = (100 * refused) / (served + refused);
  const here = `R20 B20, cold, ${processes} client(s), ${seconds.toFixed(0)} s: used ${used.toFixed(1)} %, 429 ${share.toFixed(2)} %`;
  const there = `in virtual time used ${virtual.used.toFixed(1)} %, 429 ${virtual.refused.toFixed(2)} %`;
  return { text: `${here}; ${there}`, used, refused: share };
}
