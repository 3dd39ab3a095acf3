import { beforeAll, expect, test } from 'vitest';
import type { AuditError } from '../../src/domain/errors.ts';
import { createFreshToken, renewalOf } from '../../src/sign-in/fresh-token.ts';
import { CREDENTIAL_ID } from '../../src/sign-in/grant.ts';
import { renewGrant } from '../../src/sign-in/renew-grant.ts';
import { leaseCredential } from '../../src/store/credentials.ts';
import type { Vault } from '../../src/vault/vault.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { openBench } from './bench.ts';

const HOUR = { seconds: 3_600 };

eachDatabase('a grant', (open) => {
  const clock = createSimulatedClock('2026-11-02T02:00:00.000Z');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await open({ now: clock.inSql });
  });
  const bench = () => openBench(database, clock);

  test('is used as it is until five to ten minutes before its end', async () => {
    const { authorize, renew, atlassian } = await bench();
    await authorize();
    const first = await renew();
    clock.pass({ seconds: 49 * 60 });
    expect(await renew()).toEqual(first);
    clock.pass({ seconds: 7 * 60 });
    const second = await renew();
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(atlassian.exchanges).toEqual(['authorization_code', 'refresh_token']);
  });

  test('is exchanged once an expiry, however many processes want it', async () => {
    const { authorize, renew, atlassian } = await bench();
    await authorize();
    for (let expiry = 0; expiry < 10; expiry += 1) {
      clock.pass(HOUR);
      const grants = await Promise.all([renew(), renew(), renew(), renew()]);
      expect(new Set(grants.map(({ accessToken }) => accessToken)).size).toBe(1);
    }
    expect(atlassian.exchanges.filter((type) => type === 'refresh_token')).toHaveLength(10);
  });

  test.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('is used and renewed at the same moments by a process whose clock is an hour %s', async (_, off) => {
    const { authorize, renew, atlassian, withClock } = await bench();
    await authorize();
    const wrong = withClock(() => new Date(clock.now().getTime() + off));
    const first = await renew();
    const seen = await renew(wrong);
    expect(seen.accessToken).toBe(first.accessToken);
    // By its own clock it holds the token just as long.
    expect(seen.renewAt.getTime() - first.renewAt.getTime()).toBe(off);
    expect(atlassian.exchanges).toEqual(['authorization_code']);
    clock.pass(HOUR);
    const second = await renew(wrong);
    expect(second.accessToken).not.toBe(first.accessToken);
    expect((await renew()).accessToken).toBe(second.accessToken);
    clock.pass({ seconds: 49 * 60 });
    expect((await renew()).accessToken).toBe(second.accessToken);
    clock.pass({ seconds: 7 * 60 });
    expect((await renew()).accessToken).not.toBe(second.accessToken);
    expect(atlassian.exchanges.filter((type) => type === 'refresh_token')).toHaveLength(2);
  });

  test('survives a lost answer: the same token is sent again inside the reuse window', async () => {
    const { authorize, renew, atlassian, saved } = await bench();
    await authorize();
    clock.pass(HOUR);
    atlassian.loseAnswers(2);
    await renew();
    expect(await saved()).toMatchObject({ exchangeBeganAt: null });
    clock.pass(HOUR);
    expect(await renew()).toHaveProperty('accessToken');
  });

  test('survives the death of a process between the answer and the save, if the next one comes soon', async () => {
    const { authorize, renew, deps } = await bench();
    await authorize();
    clock.pass(HOUR);
    await expect(renew({ vault: dyingAfter(deps) })).rejects.toThrow('killed');
    clock.pass({ seconds: 130 });
    expect(await renew()).toHaveProperty('accessToken');
  });

  test('is lost when the next one comes after the reuse window, and it says what happened', async () => {
    const { authorize, renew, deps, log } = await bench();
    await authorize();
    clock.pass(HOUR);
    const began = clock.now().toISOString();
    await expect(renew({ vault: dyingAfter(deps) })).rejects.toThrow('killed');
    clock.pass({ seconds: 11 * 60 });
    const failure = await renew().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'reauth-needed' });
    expect((failure as AuditError).message).toContain(`A renewal begun at ${began} was never saved`);
    expect(log.join()).toContain('reauth-needed');
    await authorize();
    expect(await renew()).toHaveProperty('accessToken');
  });

  test('that is dead is asked about once a try, and the lease is given back', async () => {
    const { authorize, renew, atlassian } = await bench();
    await authorize();
    atlassian.withdraw();
    clock.pass(HOUR);
    for (let each = 0; each < 2; each += 1) await expect(renew()).rejects.toMatchObject({ code: 'reauth-needed' });
  });

  test('that was replaced while it was being refused is taken as it is now', async () => {
    const { authorize, renew, deps, atlassian } = await bench();
    await authorize();
    clock.pass(HOUR);
    const refresh: typeof deps.server.refresh = async (...given) => {
      atlassian.withdraw();
      await authorize();
      return deps.server.refresh(...given);
    };
    expect(await renew({ server: { ...deps.server, refresh } })).toHaveProperty('accessToken');
  });

  test('waits for the lease of a process that died', async () => {
    const { authorize, renew, tenant, deps } = await bench();
    await authorize();
    clock.pass(HOUR);
    const lease = { credentialId: CREDENTIAL_ID, by: 'the dead', seconds: 120 };
    await deps.store.withTenant(tenant.id, (tx) => leaseCredential(tx, lease));
    const from = clock.now().getTime();
    await renew();
    expect(clock.now().getTime() - from).toBeGreaterThanOrEqual(119_000);
  });

  test('whose server is away keeps its refresh token', async () => {
    const { authorize, renew, atlassian } = await bench();
    await authorize();
    clock.pass(HOUR);
    atlassian.loseAnswers(3);
    await expect(renew()).rejects.toMatchObject({ code: 'auth-server-unreachable' });
    expect(await renew()).toHaveProperty('accessToken');
  });

  test('in a row that was sealed for another site does not open', async () => {
    const { authorize, tenant, deps, client } = await bench();
    await authorize();
    const moved = { ...tenant, site: `${tenant.site}0` };
    await expect(renewGrant(deps, moved, client)).rejects.toMatchObject({ code: 'seal-broken' });
  });
});

/** A process that dies as soon as the new tokens have arrived: it cannot even give the lease back. */
function dyingAfter({ vault }: { readonly vault: () => Promise<Vault> }): () => Promise<Vault> {
  return async () => ({
    ...(await vault()),
    seal: () => {
      throw new Error('killed');
    },
  });
}

test('a token in memory is renewed once for all who ask at the same time, and again after a failure', async () => {
  const clock = createSimulatedClock('2026-11-02T02:00:00.000Z');
  let renewals = 0;
  const token = createFreshToken({
    now: clock.now,
    renew: async () => {
      renewals += 1;
      if (renewals === 1) throw new Error('away');
      return { accessToken: `token-${renewals}`, renewAt: new Date(clock.now().getTime() + 1_000) };
    },
  });
  await expect(Promise.all([token(), token()])).rejects.toThrow('away');
  expect(await Promise.all([token(), token(), token()])).toEqual(['token-2', 'token-2', 'token-2']);
  clock.pass({ seconds: 1 });
  expect(await token()).toBe('token-3');
});

test.each([
  [3_600, 0, 55 * 60],
  [3_600, 1, 50 * 60],
  [60, 0, 45],
  [60, 1, 30],
  [0, 1, 0],
])('a token that lives %i seconds is renewed, at the roll %i, after %i', (life, roll, after) => {
  const now = new Date('2026-11-02T02:00:00Z');
  const at = renewalOf(new Date(now.getTime() + life * 1_000), now, roll);
  expect((at.getTime() - now.getTime()) / 1_000).toBe(after);
});
