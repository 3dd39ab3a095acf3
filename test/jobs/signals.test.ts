import { expect, test } from 'vitest';
import { runTiny } from './run-tiny.ts';

const whenSaid =
  (said: string, signal: NodeJS.Signals) =>
  (child: { kill(name: NodeJS.Signals): unknown }, stdout: string): void => {
    if (stdout.endsWith(said)) child.kill(signal);
  };

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops a job through its signal and exits %i', async (signal, exit) => {
  const { code, stderr } = await runTiny(['nap'], { meet: whenSaid('asleep\n', signal) });
  expect(stderr).toBe(`error interrupted: Stopped by ${signal}. The state is saved: the next run goes on.\n`);
  expect(code).toBe(exit);
});

test('a second signal ends a job that does not listen at once', async () => {
  const { code, stdout } = await runTiny(['nap', '--deaf'], {
    meet: (child, said) => {
      whenSaid('asleep\n', 'SIGTERM')(child, said);
      whenSaid('heard\n', 'SIGINT')(child, said);
    },
  });
  expect(stdout).toBe('asleep\nheard\n');
  expect(code).toBe(130);
});

test('a job that only a signal ends has not failed by it', async () => {
  const { code, stdout, stderr } = await runTiny(['serve'], { meet: whenSaid('serving\n', 'SIGTERM') });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'serving\nclosed\n', stderr: '' });
});
