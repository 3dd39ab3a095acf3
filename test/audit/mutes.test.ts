import { expect, it } from 'vitest';
import { muteByHand, unmuteByHand } from '../../jobs/findings/mute.ts';
import { eachNightShift, lines, type NightShift, type Tenant } from '../night-shift.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { shelf } from './shelf.ts';

const DAY_MS = 86_400_000;
const dayIn = (shift: NightShift, days: number): string =>
  new Date(shift.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
const open = async (tenant: Tenant) => lines(await tenant.view('open_findings'), 'page_title');
const muted = async (tenant: Tenant) => lines(await tenant.view('muted_findings'), 'page_title mute_reason muted_by');
const notes = async (tenant: Tenant, event: string) =>
  lines(
    (await tenant.view('finding_history')).filter((row) => row['event'] === event),
    'note',
  );
const SETTINGS = { mode: 'plan' };
const WHO = { reason: 'Moves next month', by: 'jdoe' };

eachNightShift('mutes', (shift) => {
  const hands = () => ({ store: shift.database().store, now: shift.clock.now() });
  const start = async (runbooks: number) => {
    const wiki = shelf(shift.clock, { runbooks });
    const tenant = await shift.tenant(wiki.world, SETTINGS);
    return { ...wiki, tenant };
  };

  it('of the configuration hold what fits all of their conditions, are not planned for, and end with their entry', async () => {
    const { tenant, stale } = await start(3);
    const page = stale[0] ?? '';
    const entry = { tenant: '*', rule: 'stale-*', page, ...WHO, expires: dayIn(shift, 30) };
    const idle = { space: 'NOWHERE', reason: 'Unused', by: 'jdoe', expires: dayIn(shift, 30) };
    shift.given.mutes.push(entry, idle);
    expect(await tenant.night()).toMatchObject({
      findingsNew: { high: 2 },
      findings: { high: 2 },
      writesPlanned: 2,
      mutesUnused: 1,
    });
    expect(await open(tenant)).toEqual(['Runbook 2', 'Runbook 3']);
    expect(await muted(tenant)).toEqual(['Runbook 1 | Moves next month | jdoe']);
    expect(await notes(tenant, 'muted')).toEqual([`Moves next month (by jdoe, until ${entry.expires})`]);
    expect(shift.log.filter((line) => line.includes('Some mutes hold no finding')).join()).toContain('Unused');
    expect(await tenant.view('expiring_mutes')).toEqual([]);

    shift.given.mutes.length = 0;
    await tenant.night();
    expect(await open(tenant)).toHaveLength(3);
    expect(lines(await tenant.view('new_since_last_run'), 'page_title')).toEqual(['Runbook 1']);
    expect(await notes(tenant, 'unmuted')).toEqual(['The mute by jdoe was lifted.']);
  });

  it('hold one finding until their day is over, and say so when it is open again', async () => {
    const { tenant } = await start(2);
    await tenant.night();
    const [finding] = await tenant.view('open_findings');
    const id = finding?.['finding_id'] as string;
    const expires = dayIn(shift, 3);
    expect(await muteByHand(hands(), { id, baseline: false, ...WHO, expires })).toMatch(/: 1 finding\(s\) of /);
    expect([await open(tenant), lines(await tenant.view('expiring_mutes'), 'page_title')]).toEqual([
      ['Runbook 2'],
      ['Runbook 1'],
    ]);
    await tenant.night();
    expect(await open(tenant)).toEqual(['Runbook 2']);
    shift.clock.pass({ days: 5 });
    // Even before the next audit.
    expect(await open(tenant)).toEqual(['Runbook 1', 'Runbook 2']);
    await tenant.night();
    expect(await notes(tenant, 'unmuted')).toEqual([`The mute by jdoe ended on ${expires}.`]);
  });

  it('of a baseline hold what is open and nothing later; unmuting ends them', async () => {
    const { tenant, world, ann, home } = await start(2);
    await tenant.night();
    const asked = { id: undefined, baseline: true, tenant: tenant.id, ...WHO, expires: dayIn(shift, 90) };
    const said = await muteByHand(hands(), asked);
    expect(said).toContain('2 finding(s)');
    const late = { space: 'OPS', title: 'Runbook 9', by: ann, at: shift.clock.ago(500), parentId: home };
    world.addPage({ ...late, body: soundRunbook('<p>Go.</p>') });
    await tenant.night();
    expect(await open(tenant)).toEqual(['Runbook 9']);
    const muteId = /\((.+?)\)/.exec(said)?.[1] ?? '';
    expect(await unmuteByHand(hands(), { id: muteId, baseline: false, by: 'ann' })).toContain('2 finding(s)');
    expect(await open(tenant)).toHaveLength(3);
    expect(await notes(tenant, 'unmuted')).toEqual(Array(2).fill('The mute by jdoe was lifted by ann.'));
  });

  it.each([
    ['without a reason', { reason: undefined }, /--reason, --by and --expires are required/],
    ['in the past', { expires: '2001-01-01' }, /has passed/],
    ['for more than a year', { expires: '2099-01-01' }, /more than 365 days ahead/],
    ['for nothing', { rule: undefined }, /say either the id/],
    ['for a finding that is not there', { rule: undefined, id: 'nothing' }, /there is no finding nothing/],
    ['for nobody', { tenant: undefined }, /--tenant is required/],
  ])('%s are refused', async (_, change, why) => {
    const { tenant } = await start(1);
    const asked = { id: undefined, baseline: false, tenant: tenant.id, rule: '*', ...WHO, expires: dayIn(shift, 9) };
    await expect(muteByHand(hands(), { ...asked, ...change })).rejects.toThrow(why);
  });
});
