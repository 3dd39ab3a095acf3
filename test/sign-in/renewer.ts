import { sql } from 'drizzle-orm/sql';
import { createAuthServer } from '../../src/confluence/auth-server.ts';
import { asAuditError } from '../../src/domain/errors.ts';
import { createClock } from '../../src/runtime/clock.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { createFreshToken } from '../../src/sign-in/fresh-token.ts';
import { renewGrant } from '../../src/sign-in/renew-grant.ts';
import { openStore } from '../../src/store/open-store.ts';
import { parseKeyRing } from '../../src/vault/key-ring.ts';
import { createVault } from '../../src/vault/vault.ts';
import type { Asked } from './two-processes.test.ts';

// A worker of its own: told the hour, it wants an access token of every tenant at once, and says what it got.
const { databaseUrl = '', authBase = '', ring = '' } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const vault = createVault(parseKeyRing(ring));
const clock = createClock();
let hour = clock.now();
const now = (): Date => hour;
const store = await openStore({ databaseUrl, now: () => sql`${hour.toISOString()}::timestamptz` });
const { roll, id } = createRandom(clock);
const { sleep } = clock;
const deps = {
  store,
  vault: async () => vault,
  server: createAuthServer({ authBase, apiBase: authBase, now, sleep, roll }),
  now,
  sleep,
  roll,
  newId: id,
  log: createLog({ level: 'silent', format: 'json', now, write: () => undefined }),
};
const client = async () => ({ clientId: 'app-id', clientSecret: 'app-secret' });
const tokens = new Map<string, () => Promise<string>>();

async function tokenOf(owner: { readonly id: string; readonly site: string }): Promise<string> {
  const token = tokens.get(owner.id) ?? createFreshToken({ now, renew: () => renewGrant(deps, owner, client) });
  tokens.set(owner.id, token);
  return token().catch((error: unknown) => asAuditError(error)?.code ?? String(error));
}

process.on('message', ({ at, owners }: Asked) => {
  hour = new Date(at);
  void Promise.all(owners.map(tokenOf)).then((got) => process.send?.(got));
});
process.on('disconnect', () => void store.close());
process.send?.('ready');
