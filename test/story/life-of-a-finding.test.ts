import { beforeAll, expect, it } from 'vitest';
import { eachNightShift, type Row, type Tenant, writesAmong } from '../night-shift.ts';
import { smallWiki, type SmallWiki } from './small-wiki.ts';

eachNightShift('the life of a finding', (shift) => {
  let wiki: SmallWiki;
  let tenant: Tenant;
  let firstId: unknown;

  beforeAll(async () => {
    wiki = smallWiki(shift.clock);
    tenant = await shift.tenant(wiki.world);
    wiki.letIn(tenant.auditor);
    await tenant.night();
    firstId = (await finding('stale'))?.['finding_id'];
    tenant.asked();
  });

  const finding = async (page: keyof SmallWiki['pages']): Promise<Row | undefined> =>
    (await tenant.view('stale_runbooks')).find((row) => row['page_id'] === wiki.pages[page]);
  const events = async (): Promise<unknown[]> =>
    (await tenant.view('finding_history')).filter((row) => row['finding_id'] === firstId).map((row) => row['event']);
  const labels = (page: keyof SmallWiki['pages']): string[] => wiki.world.labelsOf(wiki.pages[page]);

  it('is resolved when a person corrects the page, and our label goes', async () => {
    expect(labels('stale')).toEqual(['docaudit-stale', 'runbook']);
    shift.clock.pass({ days: 1 });
    wiki.correct(wiki.pages.stale);
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'complete', findingsResolved: 1, writesPlanned: 1, writesDone: 1 });
    expect(await finding('stale')).toBeUndefined();
    expect(await events()).toEqual(['opened', 'resolved']);
    expect(labels('stale')).toEqual(['runbook']);
    expect(writesAmong(tenant.asked())).toEqual(['DELETE /wiki/rest/api/content/{id}/label']);
    const executed = (await tenant.view('executed_actions')).filter((row) => row['page_id'] === wiki.pages.stale);
    expect(executed).toMatchObject([
      { action: 'remove-label', state: 'done', finding_id: firstId, run_id: result.runId, undone_at: null },
      { action: 'add-label', state: 'done', undone_at: expect.any(String) },
    ]);
  });

  it('leaves the label of a person where it is when that page is corrected too', async () => {
    shift.clock.pass({ days: 1 });
    wiki.correct(wiki.pages.humanLabelled);
    expect(await tenant.night()).toMatchObject({ findingsResolved: 1, writesPlanned: 0, planId: null });
    expect(await finding('humanLabelled')).toBeUndefined();
    expect(labels('humanLabelled')).toEqual(['docaudit-stale', 'runbook']);
    expect(writesAmong(tenant.asked())).toEqual([]);
  });

  it('warns as the page grows old again, with the same finding reopened', async () => {
    shift.clock.pass({ days: 100 });
    await tenant.night();
    expect(await finding('stale')).toMatchObject({
      finding_id: firstId,
      status: 'warn',
      severity: 'medium',
      reopened_count: 1,
      labelled_at: null,
      fresh_because: 'human-edit',
      age_days: 101,
    });
    expect(labels('stale')).toEqual(['runbook']);
    tenant.asked();
  });

  it('fails when it is stale again: the severity rises and the label is back', async () => {
    shift.clock.pass({ days: 90 });
    await tenant.night();
    expect(await finding('stale')).toMatchObject({
      finding_id: firstId,
      status: 'fail',
      severity: 'high',
      reopened_count: 1,
      age_days: 191,
      labelled_at: expect.any(String),
    });
    expect(await events()).toEqual(['opened', 'resolved', 'reopened', 'severity_changed']);
    expect(labels('stale')).toEqual(['docaudit-stale', 'runbook']);
    expect(labels('humanLabelled')).toEqual(['docaudit-stale', 'runbook']);
  });

  it('is resolved by an attestation without an edit, and the label goes again', async () => {
    shift.clock.pass({ days: 1 });
    const today = shift.clock.now();
    wiki.world.addLabel(wiki.pages.stale, `reviewed-${today.toISOString().slice(0, 10)}`, wiki.people.ann, today);
    await tenant.night();
    expect(await finding('stale')).toBeUndefined();
    expect(labels('stale')).toEqual([`reviewed-${today.toISOString().slice(0, 10)}`, 'runbook']);
    expect(await events()).toEqual(['opened', 'resolved', 'reopened', 'severity_changed', 'resolved']);
  });
});
