import { expect, it } from 'vitest';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import throttled from '../../src/simulator/faults/throttled.ts';
import { nightShiftOnServer, lines, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const LISTS = /\/(?:pages|attachments|search)$/;

/** Every list page that was asked for, with its cursor. */
const listPages = ({ site }: Tenant): string[] =>
  site.requests.filter(({ path }) => LISTS.test(path)).map(({ path, query }) => `${path}?${query}`);

nightShiftOnServer('a limit', (shift) => {
  it('of requests ends the night, and later ones go on until they have done the same as a long night', async () => {
    const wide = await shift.tenant(shelf(shift.clock, { runbooks: 3, others: 260 }).world);
    const whole = await wide.night();
    const short = shelf(shift.clock, { runbooks: 3, others: 260 });
    const tenant = await shift.tenant(short.world, { limits: { requestsPerRun: 4 } });
    const outcomes: string[] = [];
    for (const night of [1, 2]) {
      const { outcome, reason, requests } = await tenant.night();
      outcomes.push(`night ${night}: ${outcome}, ${reason}, ${requests} requests`);
      shift.clock.pass({ seconds: 60 });
    }
    expect(outcomes).toEqual([1, 2].map((night) => `night ${night}: partial, budget, 4 requests`));
    expect(await tenant.view('open_findings')).toEqual([]);

    tenant.configure({});
    const last = await tenant.night();
    expect(last).toMatchObject({ outcome: 'complete', findings: whole.findings, pagesSeen: whole.pagesSeen });
    expect(last).toMatchObject({ writesDone: 3, coverage: whole.coverage });
    const asked = listPages(tenant);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toHaveLength(listPages(wide).length);
    expect(lines(await tenant.view('run_log'), 'outcome reason')).toEqual([
      'complete | -',
      'partial | budget',
      'partial | budget',
    ]);
  });

  it('that ends the reading of bodies leaves what needs none judged, and says what it could not judge', async () => {
    const { world, ann } = shelf(shift.clock, { runbooks: 1 });
    world.addPage({ space: 'OPS', title: 'Picture', by: ann, at: shift.clock.ago(3), body: '<p>x</p>' });
    const tenant = await shift.tenant(world);
    const bodies = 'GET /wiki/api/v2/pages';
    const probe = await tenant.night({ mode: 'audit' });
    const position = tenant.asked().lastIndexOf(bodies);
    expect(position).toBe(probe.requests - 1);

    const second = shelf(shift.clock, { runbooks: 1 });
    const file = { title: 'tool.exe', mediaType: 'application/x-msdownload', fileSize: 9 };
    second.world.addAttachment(second.stale[0] ?? '', { ...file, by: second.ann, at: shift.clock.ago(3) });
    const limited = await shift.tenant(second.world, { limits: { requestsPerRun: position } });
    const result = await limited.night({ mode: 'plan' });
    expect(result).toMatchObject({ outcome: 'partial', reason: 'budget', writesPlanned: 0 });
    expect(lines(await limited.view('open_findings'), 'rule_id page_title')).toEqual([
      'dangerous-attachment | Runbook 1',
    ]);
    expect(lines(await limited.view('unjudged'), 'rule_id page_title status confidence').toSorted()).toEqual([
      'missing-attachment | Operations | skip | partial',
      'missing-attachment | Runbook 1 | skip | partial',
      'missing-sections | Runbook 1 | skip | partial',
      'secret-in-body | Operations | skip | partial',
      'secret-in-body | Runbook 1 | skip | partial',
      'stale-runbook | Runbook 1 | skip | partial',
    ]);
    limited.configure({});
    expect(await limited.night()).toMatchObject({ outcome: 'complete' });
    expect(await limited.view('unjudged')).toEqual([]);
  });

  it('of time ends the night as partial, and the next one goes on', async () => {
    const { world, labelled, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world, { limits: { minutesPerRun: 30 } });
    const happens = () => shift.clock.pass({ seconds: 31 * 60 });
    tenant.site.faults.strike(meanwhile, { at: 'GET /wiki/rest/api/content/search', happens });
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', reason: 'time', errorCode: 'time-spent' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 5 });
    expect(labelled()).toEqual(stale);
  });

  it('of the site is kept: every Retry-After is waited out, and the night is complete', async () => {
    const { world } = shelf(shift.clock, { runbooks: 12 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.rateLimit = { perSecond: 0.2, burst: 3, retryAfter: 7 };
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'complete', writesDone: 10 });
    const { requests } = tenant.site;
    const refusals = requests.filter(({ status }) => status === 429);
    expect(refusals.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ throttled: refusals.length, requests: requests.length });
    expect(result.waitedSeconds).toBeGreaterThanOrEqual(7 * refusals.length);
    for (const { at } of refusals) {
      const tooEarly = requests.filter((each) => {
        const after = Date.parse(each.at) - Date.parse(at);
        return after > 0 && after < 7000;
      });
      expect(tooEarly).toEqual([]);
    }
    expect(await tenant.view('run_log')).toMatchObject([{ throttled: refusals.length, points: 0 }]);
    const [usage] = await tenant.view('api_usage');
    expect(usage?.['estimated_rate']).toBeGreaterThan(0);
    expect(usage?.['estimated_rate_used']).toBeGreaterThan(0);
  });

  it('of the site that is longer than a night parks the tenant, and the next night goes on', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(throttled, { at: 'GET /wiki/rest/api/content/search', retryAfter: '86400' });
    expect(await tenant.night()).toMatchObject({
      outcome: 'partial',
      reason: 'rate-limited',
      resumeInSeconds: 86_400,
    });
    shift.clock.pass({ days: 1 });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 5 });
    expect(listPages(tenant).filter((page) => page.includes('space-id'))).toHaveLength(1);
  });

  it('of patience (a stop signal) ends the night as interrupted, and the next one goes on', async () => {
    const { world, labelled, stale } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    const stop = new AbortController();
    tenant.site.faults.strike(meanwhile, { at: 'GET /wiki/rest/api/content/search', happens: () => stop.abort() });
    expect(await tenant.night({ signal: stop.signal })).toMatchObject({ outcome: 'partial', reason: 'interrupted' });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 5 });
    expect(labelled()).toEqual(stale);
    expect(listPages(tenant).filter((page) => page.includes('space-id'))).toHaveLength(1);
  });
});
