import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { readAllSettings } from '../../src/settings.ts';
import { watchSwitch } from '../../src/audit/watch-switch.ts';
import { openDesk } from '../commands/workplace.ts';
import { rounds, tell } from './figures.ts';

const key = (id: string): string => `${id}:${createHash('sha256').update(id).digest('base64')}`;

test('a thousand tenants are imported, read and sealed anew', async () => {
  const count = rounds(1_000);
  const desk = await openDesk();
  onTestFinished(() => desk[Symbol.asyncDispose]());
  desk.configure({});
  desk.environment['AUDIT_KEYS'] = key('k1');
  const lines = Array.from({ length: count }, (_, index) => {
    const auth = { type: 'basic', email: 'bot@example.com' };
    const site = `https://customer-${index}.atlassian.net`;
    return JSON.stringify({ id: `customer-${index}`, site, auth, tags: { tier: 'gold' }, secret: 'x'.repeat(190) });
  });
  const running = desk.start('tenants import');
  running.child.stdin.end(lines.join('\n'));
  const imported = await running.ended;
  expect(imported).toMatchObject({ code: 0 });
  tell(
    `import of ${count} tenants with their tokens: ${imported.seconds.toFixed(1)} s, the start of the process included`,
  );

  const { store } = desk.database;
  const readAt = performance.now();
  const ground = { cwd: desk.folder, environment: desk.environment };
  expect((await readAllSettings(ground, store)).config.tenants).toHaveLength(count);
  tell(`all settings with them: ${(performance.now() - readAt).toFixed(0)} ms`);

  const rotated = await desk.run('rotate-keys', { AUDIT_KEYS: `${key('k2')},${key('k1')}` });
  expect(rotated.code).toBe(0);
  const seconds = Number(rotated.log.find((line) => 'seconds' in line)?.['seconds']);
  tell(`rotate-keys: ${(count / seconds).toFixed(0)} rows a second`);

  const { look } = watchSwitch(store, 'customer-1');
  const lookAt = performance.now();
  for (let time = 0; time < 500; time += 1) await look();
  tell(`a look at whether a tenant is enabled: ${((performance.now() - lookAt) / 500).toFixed(2)} ms`);
});
