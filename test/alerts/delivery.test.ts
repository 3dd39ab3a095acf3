import { expect, it } from 'vitest';
import { quoted } from '../../src/domain/printable.ts';
import { erasePerson } from '../../src/store/personal-data.ts';
import { shelf } from '../audit/shelf.ts';
import { leaksIn, leaksInDatabase } from '../canary/canary.ts';
import { eachNightShift } from '../night-shift.ts';
import { openMailServer } from './mail-server.ts';
import { deliver, messengerOf, outbox, withReceiver } from './messenger.ts';
import { isSigned } from './receiver.ts';

const MINUTE = 60;
const HOUR = 3_600;

eachNightShift('the delivery of alerts', (shift) => {
  const start = async (receives: object = {}) => {
    const receiver = await withReceiver(shift, receives);
    const wiki = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(wiki.world, { mode: 'audit' });
    await tenant.night();
    return { ...wiki, tenant, receiver };
  };

  // Waits are a tenth longer by chance.
  it('is signed, keeps its id over every attempt and waits longer each time', async () => {
    const { tenant, receiver } = await start();
    receiver.next.push({ status: 503 }, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { status: 500 });
    const messenger = await messengerOf(shift, [tenant]);
    const tries: unknown[] = [];
    for (const seconds of [0, 30, 45, 80, 60, 200, 70]) {
      shift.clock.pass({ seconds });
      tries.push(await messenger.deliverAlerts().then(({ sent, late }) => `${sent} ${late}`));
    }
    expect(tries).toEqual(['0 1', '0 0', '0 1', '0 0', '0 1', '0 0', '1 0'].map((each) => expect.stringMatching(each)));
    expect(receiver.received).toHaveLength(4);
    expect(receiver.received.every((each) => isSigned(each))).toBe(true);
    expect(receiver.received.every((each) => isSigned(each, 'whsec_AAAA'))).toBe(false);
    const ids = new Set(receiver.received.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`));
    expect(ids.size).toBe(1);
    expect(await outbox(shift, tenant)).toMatchObject([{ state: 'sent', attempts: 4, error: null, forgotten: true }]);
  });

  it('is as patient as the receiver asks', async () => {
    const { tenant, receiver } = await start();
    receiver.next.push({ status: 429, headers: { 'retry-after': '1800' } });
    const counts = [];
    for (const seconds of [0, 20 * MINUTE, 15 * MINUTE]) {
      shift.clock.pass({ seconds });
      counts.push((await deliver(shift, [tenant], receiver)).length);
    }
    expect(counts).toEqual([1, 0, 1]);
  });

  it('names nobody who was erased while it waited for another attempt', async () => {
    const receiver = await withReceiver(shift);
    const { world, ann, ben, stale } = shelf(shift.clock, { runbooks: 1 });
    world.editPage(stale[0] ?? '', { by: ben, at: shift.clock.ago(250), body: '<h2>Steps</h2><p>Go.</p>' });
    const tenant = await shift.tenant(world, { mode: 'audit' });
    await tenant.night();
    receiver.next.push({ status: 503 });
    const [before] = await deliver(shift, [tenant], receiver);
    expect(JSON.stringify(before)).toMatch(/Ann Example.*Ben Example|Ben Example.*Ann Example/);
    await shift.database().store.withTenant(tenant.id, async (tx) => {
      await erasePerson(tx, { accountId: ann, status: 'updated' }, quoted);
      await erasePerson(tx, { accountId: ben, status: 'closed' }, quoted);
    });
    shift.clock.pass({ seconds: 2 * MINUTE });
    const [after] = await deliver(shift, [tenant], receiver);
    expect(JSON.stringify(after)).toContain('somebody');
    expect(JSON.stringify(after)).not.toMatch(/Ann Example|Ben Example/);
  });

  it('is given up after three days, which the log says', async () => {
    const { tenant, receiver } = await start();
    receiver.next.push(...Array.from({ length: 40 }, () => ({ status: 404, text: 'no_service' })));
    const messenger = await messengerOf(shift, [tenant]);
    for (let hours = 0; hours < 80; hours += 1) {
      await messenger.deliverAlerts();
      shift.clock.pass({ seconds: HOUR });
    }
    expect(await outbox(shift, tenant)).toMatchObject([
      { state: 'dead', error: 'Status 404, no_service.', forgotten: true },
    ]);
    expect(receiver.received.length).toBeGreaterThan(10);
    expect(receiver.received.length).toBeLessThan(25);
    const said = shift.log.filter((line) => line.includes('An alert was given up') && line.includes(tenant.id));
    expect(said).toHaveLength(1);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({
      level: 'error',
      receiver: 'webhook',
      detail: 'Status 404, no_service.',
    });
  });

  it('goes once to each receiver, whoever delivers at the same time', async () => {
    const { tenant, receiver } = await start();
    const others = await Promise.all([1, 2, 3].map(() => messengerOf(shift, [tenant])));
    await Promise.all(others.map((each) => each.deliverAlerts()));
    expect(receiver.received).toHaveLength(1);
  });

  it('is taken over from a process that died while it sent', async () => {
    const { tenant, receiver } = await start();
    await shift
      .database()
      .superuser(
        `update audit.alert set attempts = 1, first_tried_at = $2, lease_owner = 'dead', lease_until = $3 where tenant_id = $1`,
        [tenant.id, shift.clock.now(), new Date(shift.clock.now().getTime() + 120_000)],
      );
    expect(await deliver(shift, [tenant], receiver)).toEqual([]);
    shift.clock.pass({ seconds: 121 });
    expect(await deliver(shift, [tenant], receiver)).toHaveLength(1);
  });

  it('goes on past a receiver that fails, and ends where the receiver is not configured any more', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const receiver = await withReceiver(shift);
    const broken = { type: 'webhook', name: 'broken', url: { env: 'NOWHERE' }, secret: { env: 'HOOK_KEY' } };
    const [webhook] = shift.given.main['notify'] as object[];
    shift.given.main = { notify: [broken, webhook] };
    const tenant = await shift.tenant(world, { mode: 'audit' });
    await tenant.night();
    expect(await deliver(shift, [tenant], receiver)).toHaveLength(1);
    expect(await outbox(shift, tenant)).toMatchObject([
      { receiver: 'broken', state: 'waiting', error: expect.stringMatching(/NOWHERE is not set/) },
      { receiver: 'webhook', state: 'sent' },
    ]);
    shift.given.main = { notify: [webhook] };
    shift.clock.pass({ seconds: 2 * MINUTE });
    await deliver(shift, [tenant], receiver);
    expect((await outbox(shift, tenant))[0]).toMatchObject({
      state: 'dead',
      error: expect.stringMatching(/is configured any more/),
    });
  });

  it('sends owners what is theirs, and everybody else what nobody answers for', async () => {
    const server = await openMailServer();
    const { world, ann, ben } = shelf(shift.clock, { runbooks: 2 });
    world.addPage({ space: 'OPS', title: 'Runbook of Ben', by: ben, at: shift.clock.ago(300), body: '<h2>Steps</h2>' });
    const to = { to: ['ops@example.com'], owners: { [ann]: 'ann@example.com' } };
    shift.given.environment['MAIL_USER'] = 'audit';
    const login = { user: { env: 'MAIL_USER' }, password: { env: 'SITE_TOKEN' } };
    const email = { type: 'email', host: '127.0.0.1', port: server.port, from: 'audit@example.com', ...login };
    shift.given.main = { notify: [{ ...email, ...to }] };
    const tenant = await shift.tenant(world, { mode: 'audit' });
    await tenant.night();
    await (await messengerOf(shift, [tenant])).deliverAlerts();
    const told = new Map(server.mails.map(({ to: [first], data }) => [first, data]));
    expect(new Set(told.keys())).toEqual(new Set(['ann@example.com', 'ops@example.com']));
    expect(told.get('ann@example.com')).toContain('Runbook 1');
    expect(told.get('ann@example.com')).not.toContain('of Ben');
    expect(told.get('ops@example.com')).toContain('Runbook of Ben');
    expect(told.get('ops@example.com')).not.toContain('Runbook 1');
    expect(new Set((await outbox(shift, tenant)).map(({ owner }) => owner))).toEqual(new Set(['', ann]));
  });

  it('leaves neither address nor key in a row or a line', async () => {
    const { tenant, receiver } = await start();
    receiver.next.push({ status: 500 });
    await deliver(shift, [tenant], receiver);
    expect((await leaksInDatabase(shift.database())).leaks).toEqual([]);
    expect(leaksIn(shift.log.join(''))).toEqual([]);
    expect(leaksIn(receiver.url)).not.toEqual([]);
  });
});
