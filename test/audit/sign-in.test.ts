import { expect, it } from 'vitest';
import { nightShiftOnServer } from '../night-shift.ts';
import { APP_SECRET, EMAIL, GATEWAY_TOKEN, scopesFor, throughGateway, type Way, ways } from './gateway.ts';
import { shelf } from './shelf.ts';

const WAYS: readonly Way[] = ['scoped', 'bearer', 'oauth', 'client-credentials'];
const CLOUD_ID = 'GET /_edge/tenant_info';
const EVERYTHING = {
  content: ['page', 'blogpost'],
  readers: { onCallGroups: ['sre-oncall'] },
  rules: { 'unresolved-comments': {}, 'single-reader': {}, 'oversize-attachment': {} },
};

nightShiftOnServer('signing in', (shift) => {
  it.each(WAYS)('by %s audits through the gateway with no more than the scopes that are derived', async (way) => {
    const { world, labelled } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    const from = shift.log.length;
    await throughGateway(shift, tenant, way, { more: EVERYTHING });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', writesDone: 4 });
    expect(labelled()).toHaveLength(4);
    const asked = ways(tenant);
    expect(new Set(asked.filter((line) => line.startsWith('site ')))).toEqual(new Set([`site ${CLOUD_ID}`]));
    expect(asked.filter((line) => line.startsWith('gateway ')).length).toBeGreaterThan(10);
    const told = shift.log.slice(from).join('\n');
    for (const secret of [GATEWAY_TOKEN, APP_SECRET, 'access-', 'refresh-']) expect(told).not.toContain(secret);
  });

  it.each(['read:attachment:confluence', 'write:confluence-content'])(
    'without the scope %s names it, and resolves nothing',
    async (scope) => {
      const { world } = shelf(shift.clock);
      const tenant = await shift.tenant(world);
      const scopes = (await scopesFor(shift, tenant)).filter((each) => each !== scope);
      await throughGateway(shift, tenant, 'bearer', { scopes });
      const result = await tenant.night();
      expect(result).toMatchObject({ outcome: 'failed', reason: 'scope-missing', findingsResolved: 0, writesDone: 0 });
      expect(result.detail).toContain(scope);
    },
  );

  it('with a scoped token at the host of the site says which type to write', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    world.addGatewayToken({ token: shift.token, email: EMAIL, accountId: tenant.auditor, scopes: [] });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'failed', reason: 'auth-invalid', errorCode: 'gateway-needed' });
    expect(tenant.asked()).toHaveLength(1);
  });

  it('sends no credential to a site that has become another one', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await throughGateway(shift, tenant, 'scoped');
    await tenant.night();
    tenant.asked();
    const body = { cloudId: '00000000-0000-4000-8000-000000000001' };
    tenant.site.faults.next(() => ({ status: 200, body }), 1, CLOUD_ID);
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'failed', reason: 'site-changed', findingsResolved: 0, requests: 0 });
    expect(tenant.asked()).toEqual([CLOUD_ID]);
    expect(await tenant.view('stale_runbooks')).toHaveLength(4);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
  });

  it('goes by the id of last time when the site does not tell it, and by none without one', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await throughGateway(shift, tenant, 'scoped');
    const silent = () => tenant.site.faults.next(() => ({ status: 503, body: '' }), 3, CLOUD_ID);
    silent();
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'unreachable', requests: 0 });
    await tenant.night();
    silent();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
  });

  it('by oauth renews an hour-old token once a night, and never because of a 401', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    const { atlassian } = await throughGateway(shift, tenant, 'oauth');
    await tenant.night();
    for (let night = 0; night < 3; night += 1) {
      shift.clock.pass({ days: 1 });
      expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    }
    expect(atlassian.exchanges).toEqual(['authorization_code', 'refresh_token', 'refresh_token', 'refresh_token']);
    tenant.site.faults.next(() => ({ status: 401, body: { code: 401, message: 'Unauthorized' } }), 99);
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'auth-invalid' });
    tenant.site.faults.clear();
    expect(atlassian.exchanges).toHaveLength(4);
  });

  it('by oauth fails loudly once the consent is withdrawn, and goes on after a new one; other tenants never notice', async () => {
    const [gone, well] = [shelf(shift.clock), shelf(shift.clock)];
    const tenants = [await shift.tenant(gone.world), await shift.tenant(well.world)] as const;
    const { atlassian, consent } = await throughGateway(shift, tenants[0], 'oauth');
    await shift.nights(tenants);
    atlassian.withdraw();
    shift.clock.pass({ days: 1 });
    const from = shift.log.length;
    expect(await shift.nights(tenants)).toMatchObject([
      { outcome: 'failed', reason: 'reauth-needed', findingsResolved: 0, requests: 0 },
      { outcome: 'complete' },
    ]);
    expect(shift.log.slice(from).join('\n')).toContain('The grant is dead: the customer has to consent again');
    expect(await tenants[0].view('tenant_health')).toMatchObject([{ reason: 'reauth-needed' }]);
    await consent();
    expect(await tenants[0].night()).toMatchObject({ outcome: 'complete', findingsNew: { high: 0 } });
  });

  it('by oauth without a key says what to do, and asks nobody', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await throughGateway(shift, tenant, 'oauth');
    delete shift.given.environment['AUDIT_KEYS'];
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', errorCode: 'keys-missing', requests: 0 });
  });

  it('with an app whose secret is wrong names the app', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await throughGateway(shift, tenant, 'client-credentials');
    shift.given.environment['APP_SECRET'] = 'another';
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'auth-invalid', errorCode: 'app-refused' });
  });
});
