import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalOf } from './ended.ts';
import { openDesk, openWorkplace, tenant } from './workplace.ts';

const SITE = 'http://127.0.0.1:9';

test('health says with its exit code whether start lives, and start leaves no heartbeat behind', async () => {
  await using desk = await openDesk();
  desk.environment['AUDIT_DATA_DIR'] = 'data';
  desk.configure({ tenants: [tenant('acme', SITE)] });
  const before = await desk.run('health');
  expect(before).toMatchObject({ code: 1, stdout: expect.stringMatching(/^unhealthy: there is no heartbeat .*\n$/) });

  const running = desk.start('start --no-work');
  await running.logged('The schedule is running');
  const during = await desk.run('health');
  expect(during).toMatchObject({ code: 0, stderr: '' });
  expect(during.stdout).toMatch(new RegExp(`^healthy: process ${running.child.pid} last showed life \\d+ s ago\n$`));
  running.child.kill('SIGTERM');
  expect((await running.ended).code).toBe(0);
  expect((await desk.run('health')).code).toBe(1);
});

test('a heartbeat that has stopped, or is none, is not healthy', async () => {
  const place = openWorkplace();
  place.environment['AUDIT_DATA_DIR'] = '.';
  const write = (text: string) => writeFileSync(join(place.folder, 'heartbeat.json'), text);
  try {
    write(JSON.stringify({ at: new Date(Date.now() - 90_000).toISOString(), pid: 1 }));
    expect(await place.run('health')).toMatchObject({ code: 1, stdout: expect.stringContaining('which is over 60 s') });
    write('{"at":');
    expect(await place.run('health')).toMatchObject({ code: 1, stdout: expect.stringContaining('is no heartbeat') });
  } finally {
    place.clear();
  }
});

test.each([
  ['start --no-work', '--no-work needs DATABASE_URL: the embedded database has no other process.'],
  ['start --no-schedule', '--no-schedule needs DATABASE_URL: the embedded database has no other process.'],
  ['start --no-work --no-schedule', '--no-schedule and --no-work together leave nothing to do.'],
])('%s without a server is refused', async (words, said) => {
  const place = openWorkplace();
  try {
    const ended = await place.run(words);
    expect(refusalOf(ended)).toContain(said);
    expect(ended.code).toBe(2);
    expect(place.files()).toEqual([]);
  } finally {
    place.clear();
  }
});
