import { createHash } from 'node:crypto';
import { type BookPage, openPage, type PaceBook } from './confluence/pace-book.ts';
import { createPacerRegistry } from './confluence/pacer-registry.ts';
import type { PointsLedger } from './confluence/quota.ts';
import type { Wire } from './confluence/transport.ts';
import { createSignIn, type SignIn } from './sign-in/sign-in.ts';
import { turnPace } from './store/paces.ts';
import { addPoints } from './store/points.ts';
import type { ResolvedConfig } from '../config/load.ts';
import type { AppShare, Exchange } from './confluence/connect-tenant.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import { createRandom, type Random } from './runtime/random.ts';
import type { Store } from './store/db.ts';

/** The machine and its environment. */
interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: Random;
  readonly wire?: Wire;
}

/** How this process gets access tokens; one for all tenants, so that each grant is renewed once. */
export function openSignIn(
  ground: Surroundings,
  { config }: { readonly config: ResolvedConfig },
  store: Store,
): SignIn {
  const { environment: variables, cwd, clock, log } = ground;
  const { roll, id } = ground.random ?? createRandom(clock);
  const { now, sleep } = clock;
  const { environment } = config;
  return createSignIn({ variables, environment, config, cwd, store, now, sleep, roll, newId: id, log });
}

/** What the connections of this process share, the pace of each site among it; remembered where there is a store. */
export function openExchange(
  { environment, clock, random, wire }: Pick<Surroundings, 'environment' | 'clock' | 'random' | 'wire'>,
  { config }: { readonly config: ResolvedConfig },
  { accessToken, sealedToken }: Pick<SignIn, 'accessToken' | 'sealedToken'>,
  store?: Store,
): Exchange {
  const { now, sleep, monotonic } = clock;
  const { roll, id } = random ?? createRandom(clock);
  const book = store === undefined ? undefined : paceBook(store);
  const pacers = createPacerRegistry({ steadyNow: monotonic, sleep, book, self: id(), nameOf: pageName });
  const { apiBase } = config.environment;
  const apps = appShares(config);
  const common = {
    environment,
    folder: config.folder,
    now,
    monotonic,
    sleep,
    roll,
    pacers,
    apps,
    apiBase,
    accessToken,
    sealedToken,
    wire,
  };
  if (store === undefined) return common;
  const ledger: PointsLedger = { add: (entry) => store.withTenant(entry.tenantId, (tx) => addPoints(tx, entry)) };
  return { ...common, ledger };
}

/** The paces that a database remembers; the embedded one belongs to one process. */
export const paceBook = (store: Store): PaceBook => ({
  shared: store.kind === 'postgres',
  turn: (key, work) =>
    store.withCommons((tx) => turnPace(tx, key, (page: BookPage | null, now) => work(openPage(page, now), now))),
});

/** Accounts are told apart, not named, where all tenants' paces lie side by side. */
const pageName = (site: string, account: string): string =>
  createHash('sha256')
    .update(JSON.stringify([site, account]))
    .digest('base64url');

function appShares({ apps, tenants }: ResolvedConfig): ReadonlyMap<string, AppShare> {
  const users = (id: string): number =>
    tenants.filter(({ enabled, auth }) => enabled && 'app' in auth && auth.app === id).length;
  return new Map(apps.map(({ id, pointsPerHour }) => [id, { pointsPerHour, tenants: users(id) }]));
}
