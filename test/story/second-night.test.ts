import { beforeAll, expect, it } from 'vitest';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import { eachNightShift, type Row, type Tenant } from '../night-shift.ts';
import { BODY_CANARY, LEAKED, smallWiki } from './small-wiki.ts';

/** They tell of runs and requests, which every night adds to. */
const ABOUT_RUNS = new Set(['run_log', 'tenant_health', 'coverage', 'api_usage', 'new_since_last_run']);

eachNightShift('a second night without a change', (shift) => {
  let tenant: Tenant;

  beforeAll(async () => {
    const wiki = smallWiki(shift.clock);
    tenant = await shift.tenant(wiki.world, {
      readers: { onCallGroups: ['sre-oncall'] },
      rules: { 'duplicate-title': {}, 'broken-page-link': {} },
    });
    wiki.letIn(tenant.auditor);
    await tenant.night();
    tenant.asked();
    shift.clock.pass({ seconds: 3600 });
  });

  it('writes nothing and changes no finding', async () => {
    const stable = async () => {
      const views = REPORT_VIEWS.filter((view) => !ABOUT_RUNS.has(view));
      const rows = await Promise.all(views.map((view) => tenant.view(view)));
      return Object.fromEntries(views.map((view, index) => [view, rows[index]?.map(withoutRun)]));
    };
    const before = await stable();
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'complete', planId: null, pagesSeen: 16, pagesChanged: 0 });
    expect(result).toMatchObject({ findingsResolved: 0, writesPlanned: 0, writesDone: 0 });
    expect(result.findings).toEqual({ critical: 2, high: 5, medium: 2, low: 2, info: 0 });
    expect(result.findingsNew).toEqual({ critical: 0, high: 0, medium: 0, low: 0, info: 0 });
    expect(await stable()).toEqual(before);
    expect(await tenant.view('new_since_last_run')).toEqual([]);
    expect((await tenant.view('coverage')).map((row) => row['pages_last_time'])).toEqual([3, 0, 13]);
  });

  it('asks for six lists, and for no body, version list or permission again', () => {
    expect(tenant.asked()).toEqual([
      'GET /wiki/rest/api/user/current',
      'GET /wiki/rest/api/group',
      'GET /wiki/api/v2/spaces',
      'GET /wiki/api/v2/pages',
      'GET /wiki/rest/api/content/search',
      'GET /wiki/api/v2/attachments',
    ]);
  });

  it('reads every body again with --full, and still changes nothing', async () => {
    const result = await tenant.night({ full: true });
    expect(result).toMatchObject({ outcome: 'complete', pagesChanged: 0, findingsResolved: 0, writesPlanned: 0 });
    expect(tenant.asked().filter((template) => template === 'GET /wiki/api/v2/pages')).toHaveLength(2);
  });

  it('has left neither a token nor a sentence of a body in any row or log line', async () => {
    const { superuser } = shift.database();
    const tables = await superuser(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('audit', 'fleet')`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => superuser(`select row_to_json(t)::text as text from ${String(name)} t`)),
    );
    const texts = [...rows.flat().map(({ text }) => String(text)), ...shift.log];
    expect(texts.some((text) => text.includes('Restart the payment service'))).toBe(true);
    const basic = Buffer.from(`auditor@example.com:${shift.token}`).toString('base64');
    const secrets = [shift.token, basic, BODY_CANARY, LEAKED];
    expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
  });
});

const withoutRun = (row: Row): Row => ({ ...row, run_id: null, last_seen_at: null });
