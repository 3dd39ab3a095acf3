import { expect, it } from 'vitest';
import { auditExit } from '../../src/domain/audit-exit.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import type { Store } from '../../src/store/db.ts';
import { nightShiftOnServer, lines, type NightShift, type Tenant, writesAmong } from '../night-shift.ts';
import { mortalStore } from './mortal-store.ts';
import { shelf } from './shelf.ts';

const ADD = 'POST /wiki/rest/api/content/{id}/label';

/** Every list page that was asked for, with its cursor. */
const listPages = ({ site }: Tenant): string[] =>
  site.requests
    .filter(({ path }) => /\/(?:pages|attachments|search)$/.test(path))
    .map(({ path, query }) => `${path}?${query}`);

/** A night whose worker dies while the site works on a request: `when` says after which one of its kind. */
async function dyingNight(
  shift: NightShift,
  tenant: Tenant,
  { template, answered, skip = 0 }: { template: string; answered: boolean; skip?: number },
): Promise<void> {
  const worker = mortalStore(shift.database().store);
  const { faults } = tenant.site;
  if (skip > 0) faults.next((_, real) => real(), skip, template);
  faults.next(
    (_, real) => {
      const answer = answered ? real() : { status: 503 };
      worker.die();
      return answer;
    },
    1,
    template,
  );
  const result = await tenant.night({ store: worker.store });
  expect(result).toMatchObject({ runId: null, outcome: 'failed' });
  faults.clear();
}

nightShiftOnServer('a worker', (shift) => {
  it.each([
    ['before its first list page', 'GET /wiki/api/v2/spaces', 0],
    ['after its first list page', 'GET /wiki/api/v2/pages', 1],
    ['in the middle of the search', 'GET /wiki/rest/api/content/search', 1],
    ['before the attachments', 'GET /wiki/api/v2/attachments', 0],
    ['while it reads bodies', 'GET /wiki/api/v2/pages', 2],
  ])('that dies %s is taken over, and at most one list page is asked for again', async (_, template, skip) => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 3, others: 260 });
    const tenant = await shift.tenant(world);
    await dyingNight(shift, tenant, { template, answered: true, skip });
    const [unfinished] = await tenant.view('run_log');
    expect(unfinished).toMatchObject({ outcome: null, finished_at: null });

    shift.clock.pass({ seconds: 46 });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'complete', runId: unfinished?.['run_id'], pagesSeen: 264, writesDone: 3 });
    expect(labelled()).toEqual(stale);
    const asked = listPages(tenant);
    expect(asked.length - new Set(asked).size).toBeLessThanOrEqual(1);
    expect(lines(await tenant.view('run_log'), 'outcome pages_seen findings_new writes_done requests')).toEqual([
      `complete | 264 | 3 | 3 | ${result.requests}`,
    ]);
  });

  it.each([
    ['has been made', true, [ADD, ADD]],
    ['has got lost', false, [ADD, ADD, ADD]],
  ])('that dies in the middle of a write is taken over: the write that %s is made once', async (_, answered, posts) => {
    const { world, labelled, stale, edit } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await dyingNight(shift, tenant, { template: ADD, answered });
    expect(await tenant.view('planned_actions')).toMatchObject([{ state: 'intent' }, { state: 'planned' }]);
    shift.clock.pass({ seconds: 46 });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'complete', writesDone: 2, findingsNew: { high: 2 } });
    expect(await tenant.view('run_log')).toMatchObject([{ findings_new: 2, writes_done: 2 }]);
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual(posts);

    // Both are ours, whoever wrote them: they go with their findings.
    shift.clock.pass({ days: 1 });
    for (const id of stale) edit(id);
    expect(await tenant.night()).toMatchObject({ findingsResolved: 2, writesDone: 2 });
    expect(labelled()).toEqual([]);
  });

  it('that dies in a night with writes is taken over by one without: then nothing is written', async () => {
    const { world, labelled } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await dyingNight(shift, tenant, { template: 'GET /wiki/api/v2/spaces', answered: true });
    shift.clock.pass({ seconds: 46 });
    expect(await tenant.night({ mode: 'plan' })).toMatchObject({
      outcome: 'complete',
      writesPlanned: 2,
      writesDone: 0,
    });
    expect(await tenant.view('run_log')).toMatchObject([{ mode: 'plan' }]);
    expect(labelled()).toEqual([]);
  });

  it('whose lease still runs keeps its tenant: the other is told so, and has touched nothing', async () => {
    const { world } = shelf(shift.clock);
    const tenant = await shift.tenant(world);
    await dyingNight(shift, tenant, { template: 'GET /wiki/api/v2/spaces', answered: true });
    tenant.asked();
    shift.clock.pass({ seconds: 30 });
    const result = await tenant.night();
    expect(result).toMatchObject({ outcome: 'skipped', reason: null, errorCode: 'lease-held', runId: null });
    expect(auditExit([result], null)).toBe(7);
    expect(result.detail).toContain(`Tenant ${tenant.id} is being worked on by another process until 2026-`);
    expect(tenant.asked()).toEqual([]);
    expect(await tenant.view('run_log')).toHaveLength(1);
  });

  it('that slept through its lease writes nothing more, neither to the database nor to the site', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    const { store } = shift.database();
    let other = Promise.resolve<AuditResult | null>(null);
    // From the fault on, the first worker comes to its senses only when the second has finished.
    const sleepy: Store = {
      ...store,
      withTenant: async (id, work) => {
        await other;
        return store.withTenant(id, work);
      },
    };
    tenant.site.faults.next(
      (_, real) => {
        shift.clock.pass({ seconds: 46 });
        other = tenant.night();
        return real();
      },
      1,
      'GET /wiki/api/v2/attachments',
    );
    const slept = await tenant.night({ store: sleepy });
    expect(slept).toMatchObject({ outcome: 'failed', errorCode: 'lease-lost', writesDone: 0 });
    expect(await other).toMatchObject({ outcome: 'complete', writesDone: 2 });
    expect(await tenant.view('run_log')).toMatchObject([{ outcome: 'complete' }]);
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD]);
  });

  it('that slept between the record of a write and the write does not make it', async () => {
    const { world, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    const { store, superuser } = shift.database();
    const others: Promise<AuditResult>[] = [];
    const sleepy: Store = {
      ...store,
      withTenant: async (id, work) => {
        const result = await store.withTenant(id, work);
        const intents = await superuser(`select 1 from audit.page_write where tenant_id = $1 and state = 'intent'`, [
          id,
        ]);
        if (intents.length === 0 || others.length > 0) return result;
        shift.clock.pass({ seconds: 46 });
        others.push(tenant.night());
        await others[0];
        return result;
      },
    };
    const slept = await tenant.night({ store: sleepy });
    expect(slept).toMatchObject({ outcome: 'failed', errorCode: 'lease-lost', writesDone: 0 });
    expect(await others[0]).toMatchObject({ outcome: 'complete', writesDone: 2 });
    expect(labelled()).toEqual(stale);
    expect(writesAmong(tenant.asked())).toEqual([ADD, ADD]);
  });
});
