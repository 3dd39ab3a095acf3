import { expect, test } from 'vitest';
import { HOOK_KEY, isSigned, openReceiver } from '../alerts/receiver.ts';
import { refusalOf } from './ended.ts';
import { openOffice } from './office.ts';
import { openDesk, openWorkplace, tenant } from './workplace.ts';

const slack = (name: string, env: string) => ({ type: 'slack', name, url: { env } });
const webhook = { type: 'webhook', url: { env: 'HOOK' }, secret: { env: 'HOOK_KEY' } };

test('sends a test message to each receiver and says how it was answered', async () => {
  const place = openWorkplace();
  const [good, bad] = [await openReceiver(), await openReceiver()];
  bad.next.push({ status: 404, text: 'no_service' });
  Object.assign(place.environment, { GOOD: good.url, BAD: bad.url, HOOK: good.url, HOOK_KEY });
  const notify = [slack('good', 'GOOD'), slack('bad', 'BAD'), slack('unset', 'UNSET'), webhook];
  place.configure({ notify, tenants: [tenant('acme', 'http://127.0.0.1:1')] });

  const all = await place.run('notify test --format json');
  expect([all.code, all.log]).toEqual([1, []]);
  expect(JSON.parse(all.stdout)).toMatchObject([
    { receiver: 'good', outcome: 'delivered', answer: 'Status 200, ok.' },
    { receiver: 'bad', outcome: 'failed', answer: 'Status 404, no_service.' },
    { receiver: 'unset', outcome: 'failed', answer: expect.stringMatching(/UNSET is not set/) },
    { receiver: 'webhook', type: 'webhook', outcome: 'delivered' },
  ]);
  expect(good.received).toHaveLength(2);
  expect(good.received.filter((each) => 'webhook-id' in each.headers).map((each) => isSigned(each))).toEqual([true]);

  const one = await place.run('notify test --to good');
  expect(one.code).toBe(0);
  const unknown = await place.run('notify test --to goood');
  expect([unknown.code, refusalOf(unknown)]).toEqual([2, expect.stringMatching(/did you mean "good"\?/)]);
  place.configure({ tenants: [tenant('acme', 'http://127.0.0.1:1')] });
  const nobody = await place.run('notify test');
  expect([nobody.code, refusalOf(nobody)]).toEqual([2, expect.stringMatching(/No receiver is configured/)]);
  expect(place.files()).toEqual(['audit.yaml']);
  place.clear();
});

test('an audit by hand delivers before it ends; what could not be delivered is told by doctor and sent by start', async () => {
  await using desk = await openDesk();
  const office = await openOffice();
  const receiver = await openReceiver();
  Object.assign(desk.environment, { HOOK: receiver.url, HOOK_KEY });
  desk.configure({ notify: [webhook], defaults: { mode: 'audit' }, tenants: [tenant('acme', office.url)] });
  receiver.next.push({ status: 500 });
  expect((await desk.run('audit')).code).toBe(0);
  const [first] = receiver.take();
  expect(first).toMatchObject({ type: 'docaudit.digest', data: { tenant_id: 'acme', new_findings: { count: 2 } } });

  const { stdout } = await desk.run('doctor --format json');
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({
      tenant_id: 'acme',
      check: 'alerts',
      status: 'warn',
      detail: expect.stringMatching(/To webhook: 0 given up.*Status 500/),
    }),
  );
  await desk.database.superuser(`update audit.alert set due_at = now()`);
  const running = desk.start('start');
  await running.logged('An alert was delivered');
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(0);
  expect(receiver.take()).toEqual([first]);
});
