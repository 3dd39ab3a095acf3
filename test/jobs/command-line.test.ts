import { expect, test } from 'vitest';
import { runTiny } from './run-tiny.ts';

test('a job gets its flags with their types and defaults, and its operands', async () => {
  const { code, stdout } = await runTiny(['greet', 'world', '--times', '2', '--style=loud']);
  expect(stdout).toBe('HELLO WORLD\nHELLO WORLD\n');
  expect(code).toBe(0);
});

test('a switch needs no value', async () => {
  const { stdout } = await runTiny(['greet', 'world', '--twice']);
  expect(stdout).toBe('Hello world\nHello world\n');
});

test('stdout carries the result alone; log lines go to stderr', async () => {
  const { stdout, stderr } = await runTiny(['greet', 'world'], { environment: {} });
  expect(stdout).toBe('Hello world\n');
  expect(JSON.parse(stderr)).toMatchObject({ level: 'info', job: 'greet', count: 1, msg: 'Greeted' });
});

test('--help of the program lists every command, and of a command its flags, defaults and examples', async () => {
  const [program, job] = await Promise.all([runTiny(['--help']), runTiny(['greet', '--help', '--no-such-flag'])]);
  expect(program).toMatchObject({ code: 0, stderr: '' });
  for (const name of ['break', 'greet', 'nap', 'serve']) expect(program.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(job).toMatchObject({ code: 0, stderr: '' });
  expect(job.stdout).toContain('npm run greet -- NAME [FLAGS]');
  expect(job.stdout).toMatch(/^ {2}--times N +How often\. Default: 1\.$/m);
  expect(job.stdout).toContain('npm run greet -- world --times 2');
});

test.each([
  ['no command', [], /No command is given\. Commands: break, greet, nap, serve\./],
  ['an unknown command', ['gret'], /There is no command "gret"; did you mean "greet"\? Commands: break, greet/],
  ['a command far from any', ['xylophone'], /There is no command "xylophone"\. Commands: break/],
  ['a file that is no command', ['run'], /There is no command "run"/],
  ['a path as a command', ['../run-tiny'], /There is no command/],
  ['an unknown flag', ['greet', 'a', '--stile', 'x'], /greet has no flag --stile; did you mean --style\?/],
  ['a flag named like a property of objects', ['greet', 'a', '--constructor'], /greet has no flag --constructor\./],
  ['an unknown short flag', ['greet', 'a', '-x'], /greet has no flag -x\./],
  ['a flag without its value', ['greet', 'a', '--times'], /--times needs a value: --times N\./],
  ['a flag in place of a value', ['greet', 'a', '--times', '--twice'], /--times needs a value/],
  ['a value for a switch', ['greet', 'a', '--twice=yes'], /--twice is a switch and takes no value\./],
  ['a value that is not allowed', ['greet', 'a', '--style', 'shy'], /--style "shy": must be plain or loud\./],
  ['a flag given twice', ['greet', 'a', '--times', '1', '--times', '2'], /--times is given twice/],
  ['a missing operand', ['greet'], /greet needs NAME\./],
  ['one operand too many', ['greet', 'a', 'b'], /greet takes NAME and no more, but got "b"\./],
  ['an operand that is not allowed', ['break', 'nothing'], /break "nothing": must be ours, bug, later or rejection\./],
  [
    'an operand where none is taken',
    ['nap', 'x'],
    /nap takes no argument, but got "x"; npm passes flags on only after "--"/,
  ],
])('%s ends with one clear line and exit code 2', async (_, argv, message) => {
  const { code, stdout, stderr } = await runTiny(argv);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^error arguments-invalid: .*`--help` after the command lists what it takes\.\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a secret typed where it does not belong is not repeated', async () => {
  const { stderr } = await runTiny(['nap', 'postgres://worker:hunter22@db/audit']);
  expect(stderr).toContain('postgres://***@db/audit');
  expect(stderr).not.toContain('hunter22');
});
