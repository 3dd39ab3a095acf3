import { expect, it } from 'vitest';
import { reportPeople } from '../../src/audit/report-people.ts';
import { createPersonalDataReport } from '../../src/confluence/personal-data.ts';
import { openSignIn } from '../../src/exchange.ts';
import { nightShiftOnServer, type NightShift, type Tenant } from '../night-shift.ts';
import { throughGateway } from './gateway.ts';
import { shelf } from './shelf.ts';

const DAY_S = 86_400;

/** One `privacy` for a tenant that consented. */
async function report(shift: NightShift, tenant: Tenant, others: readonly Tenant[] = []) {
  const { ground, settings } = await shift.prepare([tenant]);
  const { store } = shift.database();
  const [found] = settings.config.tenants;
  if (found === undefined) throw new Error('There is no tenant.');
  const signIn = openSignIn(ground, settings, store);
  const { apiBase } = settings.config.environment;
  const send = createPersonalDataReport({ apiBase, sleep: shift.clock.sleep, roll: () => 0.5 });
  return reportPeople(
    {
      store,
      now: shift.clock.now,
      signal: ground.signal,
      report: async (accounts) => send(await signIn.accessToken(found), accounts),
    },
    { appTenants: [tenant.id], allTenants: [tenant, ...others].map(({ id }) => id) },
  );
}

/** The tables that hold a text anywhere in a row of the tenant. */
async function holding(shift: NightShift, { id }: Tenant, text: string): Promise<string[]> {
  const { superuser } = shift.database();
  const found: string[] = [];
  for (const table of [
    'account',
    'tenant',
    'finding',
    'unjudged',
    'page_write',
    'page',
    'page_link',
    'admin_act',
    'alert',
  ]) {
    const rows = await superuser(`select 1 from audit.${table} t where tenant_id = $1 and t::text like $2`, [
      id,
      `%${text}%`,
    ]);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

nightShiftOnServer('the report of personal data', (shift) => {
  it('is made once a cycle; a closed account is erased with every tenant, a changed one is looked up again', async () => {
    const { world, ann, ben, stale } = shelf(shift.clock, { runbooks: 1 });
    world.editPage(stale[0] ?? '', { by: ben, at: shift.clock.ago(250), body: '<h2>Steps</h2><p>Go.</p>' });
    const elsewhere = await shift.tenant(world);
    await elsewhere.night();
    const tenant = await shift.tenant(world);
    const { atlassian } = await throughGateway(shift, tenant, 'oauth');
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    // The reason of the stale runbook tells who edited it last.
    for (const one of [tenant, elsewhere])
      expect(await holding(shift, one, 'Ben Example')).toEqual(expect.arrayContaining(['account', 'finding']));

    // The two who wrote, and the account that audits.
    expect(await report(shift, tenant)).toEqual({ reported: 3, closed: 0, updated: 0 });
    expect(atlassian.personalData.reports).toEqual([[ann, ben, tenant.auditor].toSorted()]);
    shift.clock.pass({ seconds: 6 * DAY_S });
    expect(await report(shift, tenant)).toEqual({ reported: 0, closed: 0, updated: 0 });

    shift.clock.pass({ seconds: 2 * DAY_S });
    world.setAccountStatus(ben, 'closed');
    for (const id of [ann, tenant.auditor]) atlassian.personalData.changed.add(id);
    expect(await report(shift, tenant, [elsewhere])).toEqual({ reported: 3, closed: 1, updated: 2 });
    for (const one of [tenant, elsewhere]) {
      expect(await holding(shift, one, 'Ben Example')).toEqual([]);
      expect(await holding(shift, one, 'Ann Example')).toEqual([]);
      expect(await holding(shift, one, 'Audit Account')).toEqual([]);
    }
    const [runbook] = await elsewhere.view('stale_runbooks');
    expect(runbook).toMatchObject({ reason: expect.stringContaining('somebody') as string });

    // The next audit asks for the changed name again, and for the closed account never gets one.
    await tenant.night();
    expect(await holding(shift, tenant, 'Ann Example')).toContain('account');
    expect(await holding(shift, tenant, 'Ben Example')).toEqual([]);
    shift.clock.pass({ seconds: 8 * DAY_S });
    expect(await report(shift, tenant)).toMatchObject({ reported: 2, closed: 0 });
  });

  it('sends ninety at a time and goes on after a refusal where it stopped', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const { atlassian } = await throughGateway(shift, tenant, 'oauth');
    await shift.database().superuser(
      `insert into audit.account (tenant_id, account_id, display_name, type, status, seen_at)
       select $1, 'person-' || n, 'Person ' || n, 'atlassian', 'active', $2 from generate_series(1, 200) n`,
      [tenant.id, shift.clock.now().toISOString()],
    );
    atlassian.personalData.busySeconds = 120;
    await expect(report(shift, tenant)).rejects.toMatchObject({
      code: 'rate-limited',
      fields: { retryAfterSeconds: 120 },
    });
    atlassian.personalData.busySeconds = null;
    const [first] = await shift
      .database()
      .superuser(`select min(account_id) as id from audit.account where tenant_id = $1`, [tenant.id]);
    expect(await report(shift, tenant)).toMatchObject({ reported: 200 });
    expect(atlassian.personalData.reports.map(({ length }) => length)).toEqual([90, 90, 20]);
    expect(atlassian.personalData.reports[0]).toContain(first?.['id']);
    expect(await report(shift, tenant)).toMatchObject({ reported: 0 });
  });

  it('needs a consent with its scope, and names what to do without', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    await throughGateway(shift, tenant, 'oauth');
    await tenant.night();
    for (const token of world.gatewayTokens.values())
      Object.assign(token, { scopes: token.scopes.filter((scope) => scope !== 'report:personal-data') });
    await expect(report(shift, tenant)).rejects.toMatchObject({ code: 'report-refused' });
    const [row] = await shift
      .database()
      .superuser('select report_due_at from audit.account where tenant_id = $1 and account_id = $2', [tenant.id, ann]);
    expect(row).toEqual({ report_due_at: null });
  });

  it('a name that nobody bears any more, or that no audit asked for in a month, is forgotten by the audits themselves', async () => {
    const { world, ben, stale } = shelf(shift.clock, { runbooks: 1 });
    world.editPage(stale[0] ?? '', { by: ben, at: shift.clock.ago(250), body: '<h2>Steps</h2><p>Go.</p>' });
    const tenant = await shift.tenant(world);
    await tenant.night();
    expect(await holding(shift, tenant, 'Ben Example')).toContain('finding');
    world.account(ben).displayName = 'Ben Newname';
    await shift.database().superuser(
      `insert into audit.account (tenant_id, account_id, display_name, type, status, seen_at)
       values ($1, 'left', 'Lea Left', 'atlassian', 'active', $2)`,
      [tenant.id, shift.clock.now().toISOString()],
    );
    shift.clock.pass({ seconds: 31 * DAY_S });
    await tenant.night();
    expect(await holding(shift, tenant, 'Ben Example')).toEqual([]);
    expect(await holding(shift, tenant, 'Ben Newname')).toEqual(expect.arrayContaining(['account', 'finding']));
    expect(await holding(shift, tenant, 'Lea Left')).toEqual([]);
    world.setAccountStatus(ben, 'closed');
    shift.clock.pass({ seconds: 8 * DAY_S });
    await tenant.night();
    expect(await holding(shift, tenant, 'Ben Newname')).toEqual([]);
  });
});
