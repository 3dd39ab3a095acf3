import { expect, test } from 'vitest';
import { runTiny } from './run-tiny.ts';

test('a named failure is one line with code, message and hint, and exits as the table of errors says', async () => {
  const { code, stderr } = await runTiny(['break', 'ours']);
  expect(stderr).toBe(
    'error config-invalid: tenants[0].site: must begin with https://. `npm run config -- validate` checks all settings without a network.\n',
  );
  expect(code).toBe(2);
});

test('the same failure among JSON log lines is a JSON line', async () => {
  const { code, stderr } = await runTiny(['break', 'ours'], { environment: {} });
  expect(JSON.parse(stderr)).toMatchObject({
    level: 'error',
    code: 'config-invalid',
    exit: 2,
    msg: expect.stringContaining('error config-invalid: tenants[0].site') as unknown,
  });
  expect(code).toBe(2);
});

test('an unexpected failure is one line without stack and without secrets, and exits 1', async () => {
  const { code, stderr } = await runTiny(['break', 'bug']);
  expect(stderr).toMatch(/^error unexpected: TypeError: Cannot read properties of postgres:\/\/\*\*\*@db\/x\. .+\n$/);
  expect(stderr).not.toContain('s3cret');
  expect(code).toBe(1);
});

test('LOG_LEVEL=debug adds the stack, still without secrets', async () => {
  const { stderr } = await runTiny(['break', 'bug'], { environment: { LOG_LEVEL: 'debug', LOG_FORMAT: 'pretty' } });
  expect(stderr).toMatch(/\n {4}at .*break\.ts/);
  expect(stderr).not.toContain('s3cret');
});

test.each(['later', 'rejection'])('what is thrown outside of the job (%s) ends the same way', async (way) => {
  const { code, stderr } = await runTiny(['break', way]);
  expect(stderr).toMatch(/^error unexpected: Error: .+\n$/);
  expect(code).toBe(1);
});

test('LOG_LEVEL=silent silences the log, not the failure', async () => {
  const environment = { LOG_LEVEL: 'silent' };
  const [fine, broken] = await Promise.all([
    runTiny(['greet', 'a'], { environment }),
    runTiny(['break', 'ours'], { environment }),
  ]);
  expect(fine.stderr).toBe('');
  expect(broken.stderr).toMatch(/^error config-invalid: /);
});

test('a wrong LOG_LEVEL is named', async () => {
  const { code, stderr } = await runTiny(['greet', 'a'], { environment: { LOG_LEVEL: 'loud', LOG_FORMAT: 'pretty' } });
  expect(stderr).toMatch(/^error config-invalid: LOG_LEVEL must be fatal, .+ or silent\. /);
  expect(code).toBe(2);
});

test('a reader that closes the pipe early is no failure', async () => {
  const { code, stderr } = await runTiny(['greet', 'a', '--times', '100000'], {
    meet: (child) => child.stdout?.destroy(),
  });
  expect(stderr).toMatch(/ Greeted /);
  expect(code).toBe(0);
});
