import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createAuthServer } from '../../src/confluence/auth-server.ts';
import { createClock } from '../../src/runtime/clock.ts';
import { CREDENTIAL_ID, contextOf, grantOf, writeGrant } from '../../src/sign-in/grant.ts';
import { rewrapAll } from '../../src/sign-in/rewrap.ts';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { putCredential, readSeals } from '../../src/store/credentials.ts';
import { syncTenants } from '../../src/store/tenants.ts';
import { parseKeyRing } from '../../src/vault/key-ring.ts';
import { createVault } from '../../src/vault/vault.ts';
import { openPostgres } from '../database.ts';

/** What a worker is told. */
export interface Asked {
  readonly at: number;
  readonly owners: readonly { readonly id: string; readonly site: string }[];
}

const HOUR_MS = 3_600_000;
const CALLBACK = 'https://worker.example/callback';
const APP = { clientId: 'app-id', clientSecret: 'app-secret' };
const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const OLD_FIRST = `${key('k1', 1)},${key('k2', 2)}`;
const NEW_FIRST = `${key('k2', 2)},${key('k1', 1)}`;

/** Ten tenants with a grant each, and two processes that want their tokens. */
async function openTwo() {
  let at = Date.parse('2026-11-02T02:00:00Z');
  const now = (): Date => new Date(at);
  const { store, url, close } = await openPostgres();
  const atlassian = await startAtlassian({ sites: [], now });
  atlassian.addApp({ ...APP, redirectUri: CALLBACK });
  const owners = Array.from({ length: 10 }, (_, index) => ({ id: `t${index}`, site: `https://t${index}.example` }));
  const row = { enabled: true, tags: {}, authType: 'oauth', tokenExpiresAt: null, cron: null, timezone: null };
  await syncTenants(
    store,
    owners.map(({ id, site }) => ({ tenantId: id, site, ...row })),
  );
  const server = createAuthServer({
    authBase: atlassian.url,
    apiBase: atlassian.url,
    now,
    sleep: createClock().sleep,
    roll: () => 0.5,
  });
  const vault = createVault(parseKeyRing(OLD_FIRST));
  const first = new Map<string, string>();
  const save = (owner: (typeof owners)[number], grant: ReturnType<typeof grantOf>) => {
    const { envelope, keyId } = vault.seal(writeGrant(grant), contextOf(owner));
    const secret = { sealed: envelope, keyId, expiresAt: grant.expiresAt };
    const { purpose } = contextOf(owner);
    return store.withTenant(owner.id, (tx) => putCredential(tx, { ...secret, purpose, credentialId: CREDENTIAL_ID }));
  };
  for (const owner of owners) {
    const asked = server.consentUrl({ clientId: APP.clientId, redirectUri: CALLBACK, scopes: ['x'], state: 's' });
    const code = new URL(atlassian.consent(asked, [])).searchParams.get('code') ?? '';
    const tokens = await server.exchangeCode(APP, code, CALLBACK);
    first.set(owner.id, tokens.refreshToken ?? '');
    await save(owner, grantOf(tokens, { before: '', now, roll: () => 0.5, ahead: 0 }));
  }
  const script = fileURLToPath(new URL('renewer.ts', import.meta.url));
  const given = JSON.stringify({ databaseUrl: url, authBase: atlassian.url, ring: OLD_FIRST });
  const workers = [1, 2].map(() => fork(script, [given], { execArgv: [] }));
  onTestFinished(async () => {
    for (const worker of workers) worker.kill();
    await atlassian.close();
    await close();
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const ask = async (worker: ChildProcess): Promise<readonly string[]> => {
    worker.send({ at, owners } satisfies Asked);
    const [got] = (await once(worker, 'message')) as [string[]];
    return got;
  };
  return {
    store,
    owners,
    first,
    save,
    now,
    renewals: () => atlassian.exchanges.filter((type) => type === 'refresh_token').length,
    /** Lets an hour pass, after which every token has ended, and asks both processes at the same time. */
    expire: () => {
      at += HOUR_MS;
      return Promise.all(workers.map(ask));
    },
  };
}

test('two processes exchange a hundred expired grants a hundred times, also while keys are rotated', async () => {
  const { store, owners, renewals, expire, first, save, now } = await openTwo();
  const { signal } = new AbortController();
  const rotate = () => rewrapAll({ store, vault: createVault(parseKeyRing(NEW_FIRST)), sealingId: 'k2', signal });
  for (let round = 1; round <= 10; round += 1) {
    const [[one, two]] = await Promise.all([expire(), round % 3 === 0 ? rotate() : null]);
    expect(one).toEqual(two);
    expect(one?.every((token) => token.includes('access-'))).toBe(true);
    expect(new Set(one).size).toBe(owners.length);
    expect(renewals()).toBe(10 * round);
  }
  expect(await rotate()).toMatchObject({ failures: [], left: new Map() });
  expect(new Set((await store.withFleet(readSeals)).map(({ keyId }) => keyId))).toEqual(new Set(['k2']));

  // A refresh token that was used long ago is dead, and with it this grant; the others know nothing of it.
  const [unlucky] = owners;
  if (unlucky === undefined) throw new Error('There are tenants.');
  const spent = { accessToken: 'old', refreshToken: first.get(unlucky.id) ?? '', expiresAt: now(), renewAt: now() };
  await save(unlucky, spent);
  const [[dead, ...alive] = [], other] = await expire();
  expect(dead).toBe('reauth-needed');
  expect(alive.every((token) => token.includes('access-'))).toBe(true);
  expect(other).toEqual([dead, ...alive]);
  expect(renewals()).toBe(109);
}, 120_000);
