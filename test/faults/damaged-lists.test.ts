import { expect, it } from 'vitest';
import badItem from '../../src/simulator/faults/bad-item.ts';
import monstrousJson from '../../src/simulator/faults/monstrous-json.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import wrongShape from '../../src/simulator/faults/wrong-shape.ts';
import { shelf } from '../audit/shelf.ts';
import { nightShiftOnServer, lines, type Tenant } from '../night-shift.ts';

const PAGES = 'GET /wiki/api/v2/pages';
const ATTACHMENTS = 'GET /wiki/api/v2/attachments';
const VERSIONS = 'GET /wiki/api/v2/pages/{id}/versions';

type Item = Readonly<Record<string, unknown>>;
const titled = (title: string) => ({ which: (item: Item) => item['title'] === title });
const open = async (tenant: Tenant): Promise<string[]> =>
  lines(await tenant.view('open_findings'), 'rule_id page_title').toSorted();

nightShiftOnServer('a list with one bad item', (shift) => {
  it.each<readonly [string, (item: Item) => unknown]>([
    ['without its version', (item) => ({ ...item, version: undefined })],
    ['with a date that is none', (item) => ({ ...item, createdAt: 'yesterday' })],
    ['with an id that is a path', (item) => ({ ...item, id: '../1' })],
    ['that is null', () => null],
    ['that is a text', () => 'page'],
  ])(
    '%s costs that item alone: it is found again by its id, and the run says that something was wrong',
    async (_, spoil) => {
      const { world, stale, labelled } = shelf(shift.clock, { runbooks: 3, others: 20 });
      const tenant = await shift.tenant(world);
      await tenant.night({ mode: 'audit' });
      tenant.site.faults.strike(badItem, { at: PAGES, ...titled('Runbook 2'), spoil });
      const night = await tenant.night();
      expect(night).toMatchObject({ outcome: 'partial', reason: 'unexpected', pagesSeen: 24, findingsResolved: 0 });
      expect(night.detail).toMatch(/^1 item\(s\) of the list pages:/);
      expect(await open(tenant)).toEqual(stale.map((__, index) => `stale-runbook | Runbook ${index + 1}`));
      expect(labelled()).toEqual(stale);
      expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    },
  );

  it('that is bad wherever it stands keeps its findings, is unjudged with a reason, and is not taken for deleted', async () => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 3 });
    const tenant = await shift.tenant(world);
    await tenant.night({ mode: 'audit' });
    const [first = '', second = '', third = ''] = stale;
    edit(second);
    tenant.site.faults.strike(badItem, { at: PAGES, times: 99, ...titled('Runbook 2') });
    const night = await tenant.night();
    expect(night).toMatchObject({ outcome: 'partial', reason: 'unexpected', pagesSeen: 3, findingsResolved: 0 });
    expect(await open(tenant)).toEqual([1, 2, 3].map((n) => `stale-runbook | Runbook ${n}`));
    expect(labelled()).toEqual([first, third]);
    const unjudged = (await tenant.view('unjudged')).filter((row) => row['page_id'] === second);
    expect(unjudged.length).toBeGreaterThan(1);
    for (const row of unjudged) {
      expect(row).toMatchObject({
        status: 'error',
        page_title: 'Runbook 2',
        reason: expect.stringMatching(/could not be read/),
      });
    }
    expect(shift.log.join('\n')).toMatch(/version: invalid_type/);
    tenant.site.faults.clear();
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', findingsResolved: 1 });
    expect(await tenant.view('unjudged')).toEqual([]);
  });

  it('among attachments does not make the file vanish, nor its absence certain', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 0 });
    const body = '<p><ac:image><ri:attachment ri:filename="plan.png" /></ac:image></p>';
    const page = world.addPage({
      space: 'OPS',
      title: 'Plan',
      by: ann,
      at: shift.clock.ago(3),
      parentId: home,
      body,
    }).id;
    const file = { mediaType: 'application/x-msdownload', fileSize: 9, by: ann, at: shift.clock.ago(3) };
    world.addAttachment(page, { ...file, title: 'setup.exe' });
    const tenant = await shift.tenant(world, { rules: { 'dangerous-attachment': {} } });
    await tenant.night();
    const before = await open(tenant);
    expect(before).toContain('dangerous-attachment | Plan');
    tenant.site.faults.strike(badItem, { at: ATTACHMENTS, ...titled('setup.exe') });
    expect(await tenant.night()).toMatchObject({ outcome: 'partial', findingsResolved: 0 });
    expect(await open(tenant)).toEqual(before);
    const missing = (await tenant.view('open_findings')).filter((row) => row['rule_id'] === 'missing-attachment');
    expect(missing).toMatchObject([{ confidence: 'partial' }]);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(await tenant.view('open_findings')).toMatchObject(before.map(() => ({ confidence: 'full' })));
  });

  it('among versions makes no runbook stale: its age is unknown then', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 1 });
    const bot = world.addAccount({ displayName: 'Sync', accountType: 'app' }).accountId;
    world.editPage(stale[0] ?? '', { by: bot, at: shift.clock.ago(1), body: '<p>Synced.</p>' });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(badItem, { at: VERSIONS, spoil: () => ({}), which: (_, index) => index === 1 });
    await tenant.night();
    expect((await open(tenant)).filter((row) => row.startsWith('stale'))).toEqual([]);
    const skipped = (await tenant.view('unjudged')).filter((row) => row['rule_id'] === 'stale-runbook');
    expect(skipped).toMatchObject([{ status: 'skip', page_title: 'Runbook 1' }]);
    await tenant.night();
    expect((await open(tenant)).filter((row) => row.startsWith('stale'))).toEqual(['stale-runbook | Runbook 1']);
  });

  it('among spaces leaves the others audited, and is said', async () => {
    const { world, stale, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    const damaged = { which: (item: Item) => item['key'] === 'DOCS', spoil: () => ({ key: 'DOCS' }) };
    tenant.site.faults.strike(badItem, { at: 'GET /wiki/api/v2/spaces', ...damaged });
    expect(await tenant.night()).toMatchObject({
      outcome: 'partial',
      reason: 'unexpected',
      detail: '1 space(s) could not be read and were set aside.',
    });
    expect(labelled()).toEqual(stale);
  });
});

nightShiftOnServer('a list that cannot be read at all', (shift) => {
  it.each<readonly [string, (tenant: Tenant, times: number) => void]>([
    [
      'of another shape',
      ({ site }, times) => site.faults.strike(wrongShape, { at: PAGES, after: 1, times, body: { results: 7 } }),
    ],
    ['too large', ({ site }, times) => site.faults.strike(monstrousJson, { at: PAGES, after: 1, times, depth: 200 })],
    ['a failure', ({ site }, times) => site.faults.strike(serverError, { at: PAGES, after: 1, times, status: 504 })],
  ])('%s, of bodies: nothing is said that a text could deny, and the next night makes up for it', async (_, strike) => {
    const { world } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    strike(tenant, 99);
    expect(await tenant.night({ mode: 'plan' })).toMatchObject({ outcome: 'partial', writesPlanned: 0 });
    expect(await open(tenant)).toEqual([]);
    const unjudged = lines(await tenant.view('unjudged'), 'rule_id status');
    // The text may say that somebody has reviewed the runbook.
    expect(unjudged).toContain('stale-runbook | skip');
    expect(unjudged).toContain('missing-sections | skip');
    tenant.site.faults.clear();
    expect(await tenant.night({ mode: 'plan' })).toMatchObject({ outcome: 'complete', writesPlanned: 2 });
    expect(await tenant.view('unjudged')).toEqual([]);
  });

  it('because of one monstrous body is halved until only that body is left out', async () => {
    const { world, stale } = shelf(shift.clock, { runbooks: 6 });
    const tenant = await shift.tenant(world);
    const bad = stale[4] ?? '';
    tenant.site.faults.next(
      (_, real) => {
        const body = real();
        return body.body.includes('"storage"') && body.body.includes(`"id":"${bad}"`)
          ? { ...body, body: `{"results":${'['.repeat(200)}${']'.repeat(200)}}` }
          : body;
      },
      99,
      PAGES,
    );
    expect(await tenant.night({ mode: 'audit' })).toMatchObject({
      outcome: 'partial',
      detail: '1 bodies could not be read; the rules that need them say so.',
    });
    const unjudged = new Set((await tenant.view('unjudged')).map((row) => row['page_title']));
    expect([...unjudged]).toEqual(['Runbook 5']);
  });

  it.each<readonly [string, string, number]>([
    ['pages', PAGES, 0],
    // A runbook is stale whatever hangs on it.
    ['attachments', ATTACHMENTS, 2],
  ])('of %s makes the night partial and resolves nothing, and the next one goes on', async (_, at, writesDone) => {
    const { world, stale, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    tenant.site.faults.strike(wrongShape, { at, body: { results: {} } });
    const night = await tenant.night();
    expect(night).toMatchObject({ outcome: 'partial', reason: 'unexpected', writesDone, findingsResolved: 0 });
    expect(night.detail).toMatch(/could not be listed to the end \(response-invalid\)/);
    expect(shift.log.join('\n')).toMatch(/results: invalid_type/);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
    expect(labelled()).toEqual(stale);
  });
});
