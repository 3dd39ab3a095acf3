import { expect, it } from 'vitest';
import { auditExit } from '../../src/domain/audit-exit.ts';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import { nightShiftOnServer, lines, type Row } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const EMAIL = 'auditor@example.com';

nightShiftOnServer('an identity', (shift) => {
  it('that is dead fails its own tenant, and no other', async () => {
    const [dead, well] = [shelf(shift.clock, { runbooks: 2 }), shelf(shift.clock, { runbooks: 3 })];
    const tenants = [await shift.tenant(dead.world), await shift.tenant(well.world)] as const;
    await shift.nights(tenants);
    dead.world.revokeToken(EMAIL);
    well.edit(well.stale[0] ?? '');
    const results = await shift.nights(tenants);
    expect(results).toMatchObject([
      { tenantId: tenants[0].id, outcome: 'failed', reason: 'auth-invalid', errorCode: 'auth-invalid', writesDone: 0 },
      { tenantId: tenants[1].id, outcome: 'complete', reason: null, findingsResolved: 1, writesDone: 1 },
    ]);
    expect(auditExit(results, null)).toBe(5);
    expect(await tenants[0].view('stale_runbooks')).toHaveLength(2);
    expect(await tenants[0].view('tenant_health')).toMatchObject([{ outcome: 'failed', reason: 'auth-invalid' }]);
    expect(dead.labelled()).toHaveLength(2);
  });

  it('of nobody (a public site that answers anyway) fails the tenant, and nothing is concluded from what nobody sees', async () => {
    const { world, labelled } = shelf(shift.clock, { anonymousAccess: true });
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.revokeToken(EMAIL);
    tenant.asked();
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'failed', reason: 'auth-anonymous', findingsResolved: 0 });
    expect(result.findings.high).toBe(4);
    expect(new Set(tenant.asked())).toEqual(new Set(['GET /wiki/rest/api/user/current']));
    expect(labelled()).toHaveLength(4);
  });

  it('of somebody else fails the tenant before anything is read', async () => {
    const { world, ben, labelled } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await tenant.night();
    world.addCredential({ email: EMAIL, token: shift.token, accountId: ben });
    tenant.asked();
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', reason: 'site-changed', findingsResolved: 0 });
    expect(tenant.asked()).toEqual(['GET /wiki/rest/api/user/current']);
    expect(await tenant.view('stale_runbooks')).toHaveLength(4);
    expect(labelled()).toHaveLength(4);
  });

  it('that may not ask for the rights of others leaves a suspect standing, and a doubt unjudged', async () => {
    const { world, stale, onCall, ann } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world, { readers: { onCallGroups: ['sre-oncall'] } });
    world.setAdmin(tenant.auditor, false);
    const [closed = '', open = '', hidden = ''] = stale;
    const leads = world.addGroup({ name: 'leads', members: [tenant.auditor] }).id;
    world.setReadRestriction(closed, { groups: [leads] });
    world.setReadRestriction(open, { users: [tenant.auditor], groups: [onCall] });
    const below = world.addPage({
      space: 'OPS',
      title: 'Runbook below',
      by: ann,
      at: shift.clock.ago(1),
      parentId: hidden,
    });
    world.hidePageFrom(hidden, tenant.auditor);
    await tenant.night();
    expect(lines(await tenant.view('restriction_findings'), 'page_id confidence how_known blocked_by_page_id')).toEqual(
      [`${closed} | full | restrictions | ${closed}`],
    );
    const unjudged = await tenant.view('unjudged');
    expect(lines(unjudged, 'page_id rule_id status subject_id finding_id')).toEqual([
      `${below.id} | unreadable-runbook | skip | ${onCall} | -`,
    ]);
  });

  it('of one tenant shows in no row, request or log line of another, though all page ids are the same', async () => {
    const worlds = [shelf(shift.clock, { runbooks: 2 }), shelf(shift.clock, { runbooks: 4 })] as const;
    const tenants = [await shift.tenant(worlds[0].world), await shift.tenant(worlds[1].world)] as const;
    const from = shift.log.length;
    const results = await shift.nights(tenants);
    expect(results).toMatchObject([
      { pagesSeen: 3, writesDone: 2 },
      { pagesSeen: 5, writesDone: 4 },
    ]);
    expect(worlds[0].stale).toEqual(worlds[1].stale.slice(0, 2));

    for (const [index, tenant] of tenants.entries()) {
      const rows: Row[] = [];
      for (const view of REPORT_VIEWS) rows.push(...(await tenant.view(view)));
      expect(new Set(rows.map((row) => row['tenant_id']))).toEqual(new Set([tenant.id]));
      const other = tenants[1 - index];
      expect(JSON.stringify(rows)).not.toContain(other?.site.url);
      expect(JSON.stringify(rows)).not.toContain(results[1 - index]?.runId);
      const runLines = shift.log.slice(from).filter((line) => line.includes(String(results[index]?.runId)));
      expect(runLines.length).toBeGreaterThan(0);
      for (const line of runLines) expect(line).toContain(`"tenant":"${tenant.id}"`);
      expect(results[index]?.requests).toBe(tenant.site.requests.length);
    }
  });

  it('that names an on-call group which the site does not have is a mistake in the settings, and never a finding', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world, { readers: { onCallGroups: ['sre-on-call'] } });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'failed', errorCode: 'group-unresolved', writesDone: 0 });
    expect(auditExit([result], null)).toBe(2);
    expect(await tenant.view('open_findings')).toEqual([]);
  });
});
