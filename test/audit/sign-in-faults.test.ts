import { expect, it } from 'vitest';
import ipAllowList from '../../src/simulator/faults/ip-allow-list.ts';
import loginPage from '../../src/simulator/faults/login-page.ts';
import permissionLost from '../../src/simulator/faults/permission-lost.ts';
import siteSuspended from '../../src/simulator/faults/site-suspended.ts';
import tokenRevokedMidRun from '../../src/simulator/faults/token-revoked-mid-run.ts';
import type { FaultSwitches } from '../../src/simulator/faults.ts';
import { nightShiftOnServer } from '../night-shift.ts';
import { throughGateway } from './gateway.ts';
import { shelf } from './shelf.ts';

const ALWAYS = { times: 1_000 };
const PAGES = 'GET /wiki/api/v2/pages';
const IDENTITY = 'GET /wiki/rest/api/user/current';

interface Case {
  readonly strike: (faults: FaultSwitches) => void;
  readonly reason: string;
  readonly code: string;
}

const DOORS: readonly (readonly [string, Case])[] = [
  ['a login page as 200', { strike: (f) => f.strike(loginPage, ALWAYS), reason: 'auth-invalid', code: 'login-page' }],
  [
    'a redirect to a login page',
    { strike: (f) => f.strike(loginPage, { ...ALWAYS, redirect: true }), reason: 'auth-invalid', code: 'login-page' },
  ],
  ['an IP allowlist', { strike: (f) => f.strike(ipAllowList, ALWAYS), reason: 'forbidden', code: 'ip-refused' }],
  ...([404, 503, 'redirect'] as const).map((as): readonly [string, Case] => [
    `a suspended site (${as})`,
    { strike: (f) => f.strike(siteSuspended, { ...ALWAYS, as }), reason: 'unreachable', code: 'site-suspended' },
  ]),
];

nightShiftOnServer('a door that is shut', (shift) => {
  it.each(DOORS)('by %s from the start: one request, a reason of its own, nothing resolved', async (_, door) => {
    const { world, labelled } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    tenant.asked();
    door.strike(tenant.site.faults);
    expect(await tenant.night()).toMatchObject({
      outcome: 'failed',
      reason: door.reason,
      errorCode: door.code,
      findingsResolved: 0,
      findings: { high: 4 },
    });
    expect(tenant.asked()).toEqual([IDENTITY]);
    expect(labelled()).toHaveLength(4);
    tenant.site.faults.clear();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findings: { high: 4 } });
  });

  it.each(DOORS)('by %s in the middle of the walk is no empty site', async (_, door) => {
    const { world, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.purgePage(stale[0] ?? '');
    tenant.site.faults.next(
      (__, real) => {
        door.strike(tenant.site.faults);
        return real();
      },
      1,
      PAGES,
    );
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', errorCode: door.code, findingsResolved: 0 });
    tenant.site.faults.clear();
  });

  it.each(['basic', 'scoped', 'bearer'] as const)(
    'to a %s token revoked in the middle of the walk stops that tenant at once, sweeps nothing, and others go on',
    async (type) => {
      const [dead, well] = [shelf(shift.clock), shelf(shift.clock)];
      const tenants = [await shift.tenant(dead.world), await shift.tenant(well.world)] as const;
      if (type !== 'basic') await throughGateway(shift, tenants[0], type);
      await shift.nights(tenants);
      dead.world.purgePage(dead.stale[0] ?? '');
      well.edit(well.stale[0] ?? '');
      tenants[0].asked();
      tenants[0].site.faults.strike(tokenRevokedMidRun, { at: PAGES });
      expect(await shift.nights(tenants)).toMatchObject([
        { outcome: 'failed', reason: 'auth-invalid', findingsResolved: 0, findings: { high: 4 } },
        { outcome: 'complete', findingsResolved: 1 },
      ]);
      const asked = tenants[0].asked();
      // After the first refusal only the identity is looked at: once through the gateway's 401, twice after a doubtful 404.
      expect(asked.slice(asked.indexOf(PAGES) + 1).every((template) => template === IDENTITY)).toBe(true);
      expect(asked.filter((template) => template === IDENTITY).length).toBeLessThanOrEqual(3);
    },
  );

  it('to a token whose day is over has the reason auth-expired', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    const auth = { type: 'basic', email: 'auditor@example.com', token: { env: 'SITE_TOKEN' } };
    const today = shift.clock.now().toISOString().slice(0, 10);
    await tenant.night();
    world.revokeToken('auditor@example.com');
    tenant.configure({ auth: { ...auth, expires: today } });
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'auth-expired', findingsResolved: 0 });
    tenant.configure({ auth: { ...auth, expires: '2099-01-01' } });
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'auth-invalid' });
  });

  it('to a space that was taken away loses sight of it, and resolves nothing', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    tenant.site.faults.strike(permissionLost, { at: 'GET /wiki/api/v2/spaces', space: 'OPS' });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'partial', reason: 'visibility-lost', findingsResolved: 0 });
    // Those of before, and the space that is gone.
    expect(result.findings.high).toBe(5);
  });
});
