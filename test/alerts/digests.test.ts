import { expect, it } from 'vitest';
import { noteMissed } from '../../src/audit/note-missed.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { eachNightShift, type NightShift, type Tenant } from '../night-shift.ts';
import { shelf } from '../audit/shelf.ts';
import { deliver, outbox, withReceiver } from './messenger.ts';

const nextNight = (shift: NightShift) => shift.clock.pass({ days: 1 });
const titles = (list: { shown: { page_title: string }[] }): string[] =>
  list.shown.map(({ page_title: title }) => title);

eachNightShift('a digest', (shift) => {
  const start = async (runbooks: number, receives: object = {}, settings: object = {}) => {
    const receiver = await withReceiver(shift, receives);
    const wiki = shelf(shift.clock, { runbooks });
    const tenant: Tenant = await shift.tenant(wiki.world, { mode: 'audit', ...settings });
    const told = () => deliver(shift, [tenant], receiver);
    return { ...wiki, tenant, receiver, told };
  };

  it('names what is new and nothing that was told before', async () => {
    const { tenant, told, world, ann } = await start(2, { on: ['new', 'resolved'] });
    await tenant.night();
    const [first, ...more] = await told();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ tenant_id: tenant.id, site: tenant.site.url, run: null, owner_account_id: null });
    expect(first.new_findings.count).toBe(2);
    expect(titles(first.new_findings)).toEqual(['Runbook 1', 'Runbook 2']);
    expect(first.new_findings.shown[0]).toMatchObject({ rule_id: 'stale-runbook', severity: 'high', space_key: 'OPS' });
    for (const _ of [1, 2]) {
      nextNight(shift);
      await tenant.night();
      expect(await told()).toEqual([]);
    }
    nextNight(shift);
    world.addPage({ space: 'OPS', title: 'Runbook 9', by: ann, at: shift.clock.ago(200), body: '<p>Old.</p>' });
    await tenant.night();
    expect((await told()).map(({ new_findings: found }) => titles(found))).toEqual([
      expect.arrayContaining(['Runbook 9']),
    ]);
    expect((await outbox(shift, tenant)).map(({ state, forgotten }) => [state, forgotten])).toEqual([
      ['sent', true],
      ['sent', true],
    ]);
  });

  it('waits for the cool-down, takes in what comes meanwhile, and leaves out what has been mended', async () => {
    const { tenant, told, world, ann, edit } = await start(1, { cooldown: '12h', on: ['new', 'resolved'] });
    await tenant.night();
    expect(await told()).toHaveLength(1);
    const added = ['Runbook A', 'Runbook B'].map((title) => {
      shift.clock.pass({ seconds: 3_600 });
      return world.addPage({ space: 'OPS', title, by: ann, at: shift.clock.ago(200), body: '<h2>Steps</h2>' }).id;
    });
    await tenant.night({ full: true });
    expect(await told()).toEqual([]);
    shift.clock.pass({ seconds: 3_600 });
    edit(added[0] ?? '');
    await tenant.night({ full: true });
    expect(await told()).toEqual([]);
    shift.clock.pass({ seconds: 12 * 3_600 });
    const [late, ...more] = await told();
    expect(more).toEqual([]);
    expect(new Set(titles(late.new_findings))).toEqual(new Set(['Runbook B']));
    expect(late.resolved_findings).toEqual({ count: 0, shown: [] });
  });

  it('is not sent at all where everything has been mended before it was due', async () => {
    const { tenant, told, stale, edit } = await start(1);
    await tenant.night();
    edit(stale[0] ?? '');
    shift.clock.pass({ seconds: 60 });
    await tenant.night({ full: true });
    expect(await told()).toEqual([]);
    expect(await outbox(shift, tenant)).toMatchObject([{ state: 'empty', attempts: 1 }]);
  });

  it('leaves milder findings to the reports, and tells resolved ones to who asks for them', async () => {
    const { tenant, told, stale, edit } = await start(1, { minSeverity: 'critical' });
    await tenant.night();
    expect(await told()).toEqual([]);
    expect(await outbox(shift, tenant)).toEqual([]);
    shift.given.main = {
      notify: [{ type: 'webhook', url: { env: 'HOOK' }, secret: { env: 'HOOK_KEY' }, on: ['resolved'] }],
    };
    nextNight(shift);
    edit(stale[0] ?? '');
    await tenant.night({ full: true });
    const [digest] = await told();
    expect([digest.new_findings.count, titles(digest.resolved_findings)]).toEqual([0, ['Runbook 1']]);
  });

  it('tells of a failure once, and of its end', async () => {
    const { tenant, told } = await start(0);
    const night = async () => {
      await tenant.night();
      return (await told()).map(({ run, missed_nights: missed }) => [run?.state, run?.reason, missed.length]);
    };
    expect(await night()).toEqual([]);
    tenant.site.faults.next(() => ({ status: 503, body: {} }), 10_000);
    const seen = [];
    for (const _ of [1, 2]) {
      nextNight(shift);
      seen.push(await night());
    }
    tenant.site.faults.clear();
    for (const _ of [1, 2]) {
      nextNight(shift);
      seen.push(await night());
    }
    expect(seen).toEqual([[['failed', 'unreachable', 0]], [[undefined, undefined, 1]], [['recovered', null, 0]], []]);
  });

  it('names a credential about to end and mutes about to end, each once', async () => {
    const expires = new Date(shift.clock.now().getTime() + 31.5 * 86_400_000).toISOString().slice(0, 10);
    const auth = { type: 'basic', email: 'auditor@example.com', token: { env: 'SITE_TOKEN' }, expires };
    const { tenant, told } = await start(1, {}, { auth });
    const day = new Date(shift.clock.now().getTime() + 15.5 * 86_400_000).toISOString().slice(0, 10);
    shift.given.mutes.push({ rule: 'stale-*', reason: 'Moves soon', by: 'jdoe', expires: day });
    const seen: string[] = [];
    for (let night = 0; night < 6; night += 1) {
      await tenant.night();
      for (const { expiring_tokens: tokens, expiring_mutes: mutes } of await told()) {
        seen.push(
          `night ${night}: ${tokens.length} tokens, ${mutes.shown.map((mute: { reason: string }) => mute.reason)}`,
        );
      }
      nextNight(shift);
    }
    shift.given.mutes.length = 0;
    expect(seen).toEqual([expect.stringMatching(/: 1 tokens, $/), expect.stringMatching(/: 0 tokens, Moves soon$/)]);
  });

  it('tells of nights that nobody took, where only the scheduler saw them', async () => {
    const { tenant, told } = await start(0, { on: ['tenant-missed', 'tenant-failed'] });
    await tenant.night();
    for (let night = 0; night < 4; night += 1) {
      nextNight(shift);
      const { settings } = await shift.prepare([tenant]);
      const now = shift.clock.now;
      const log = createLog({ level: 'silent', format: 'json', now, write: () => undefined });
      const deps = {
        store: shift.database().store,
        rules: settings.rules,
        now,
        newId: createRandom(shift.clock).id,
        log,
      };
      for (const configured of settings.config.tenants) await noteMissed(deps, configured);
    }
    const [digest, ...more] = await told();
    expect([more, digest.run, digest.missed_nights.length]).toEqual([[], null, 1]);
    expect(digest.missed_nights[0].reason).toMatch(/no run took place/);
  });

  it('says nothing of other tenants', async () => {
    const { tenant, receiver, told } = await start(1, { tenants: ['nobody-*'] });
    await tenant.night();
    expect(await told()).toEqual([]);
    expect([await outbox(shift, tenant), receiver.received]).toEqual([[], []]);
  });
});
