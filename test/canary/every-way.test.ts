import { expect, it } from 'vitest';
import { exportPages, EXPORT_FORMATS, STREAMS } from '../../jobs/export/streams.ts';
import { FORMAT_NAMES, formatRows } from '../../src/report/formats.ts';
import { wholeReport } from '../../src/report/whole-report.ts';
import tokenRevoked from '../../src/simulator/faults/token-revoked-mid-run.ts';
import { settleRange } from '../../src/store/export-pages.ts';
import { readView, REPORT_VIEWS } from '../../src/store/report-views.ts';
import { APP_SECRET, GATEWAY_TOKEN, throughGateway, type Way } from '../audit/gateway.ts';
import { eachNightShift, type NightShift } from '../night-shift.ts';
import { BODY_CANARY, LEAKED, smallWiki } from '../story/small-wiki.ts';
import { leaksIn, leaksInDatabase } from './canary.ts';

const WAYS: readonly (Way | 'basic')[] = ['basic', 'scoped', 'bearer', 'oauth', 'client-credentials'];

/** Every report in every format and both exports, as one text. */
async function everythingTold(shift: NightShift): Promise<string> {
  const { store } = shift.database();
  const range = await settleRange(store, null, {});
  const told: string[] = [];
  for (const view of REPORT_VIEWS) {
    const rows = await readView(store, view, {});
    for (const format of FORMAT_NAMES) told.push(formatRows(rows, format, null));
  }
  for (const format of ['html', 'md'] as const) told.push(await wholeReport(store, { format }));
  for (const stream of STREAMS) {
    for (const format of EXPORT_FORMATS) {
      for await (const page of exportPages(store, { stream, format, scope: {} }, range))
        told.push(JSON.stringify(page.records));
    }
  }
  return told.join('\n');
}

eachNightShift('the canary', (shift) => {
  it('is told by nothing that a night leaves behind, however the tenant signs in, and whether it goes well or not', async () => {
    for (const way of WAYS) {
      const { world } = smallWiki(shift.clock);
      const tenant = await shift.tenant(world);
      if (way !== 'basic') await throughGateway(shift, tenant, way);
      const good = await tenant.night();
      expect([way, good.outcome, good.reason]).toEqual([way, 'complete', null]);
      shift.clock.pass({ seconds: 86_400 });
      tenant.site.faults.strike(tokenRevoked, { after: 3 });
      const bad = await tenant.night();
      expect(bad.outcome).not.toBe('complete');
      expect(leaksIn(JSON.stringify([good, bad]))).toEqual([]);
      shift.clock.pass({ seconds: 3_600 });
    }
    const { leaks, rows } = await leaksInDatabase(shift.database());
    expect(leaks).toEqual([]);
    expect(rows).toBeGreaterThan(300);
    const told = await everythingTold(shift);
    expect(told.length).toBeGreaterThan(100_000);
    expect(leaksIn(told)).toEqual([]);
    expect(shift.log.length).toBeGreaterThan(10);
    expect(leaksIn(shift.log.join(''))).toEqual([]);
    // What was searched for is what was used; and the grant is there, sealed.
    for (const secret of [shift.token, GATEWAY_TOKEN, APP_SECRET, BODY_CANARY, LEAKED])
      expect(leaksIn(secret)).not.toEqual([]);
    expect(await shift.database().superuser('select count(*)::int as n from audit.credential')).toEqual([{ n: 1 }]);
  });
});
