import { leaksIn } from '../canary/canary.ts';

type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

/** What a command left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The log lines of stderr; anything else there fails the test. */
  readonly log: readonly LogLine[];
  readonly seconds: number;
}

/** The same with its log read; a secret in what it said fails the test. */
export function ended(words: readonly string[], left: Omit<Ended, 'log'>): Ended {
  const leaks = leaksIn(left.stdout + left.stderr);
  if (leaks.length > 0) throw new Error(`${words.join(' ')} told a secret: ${leaks.join(', ')}`);
  return { ...left, log: logLines(left.stderr) };
}

const logLines = (stderr: string): LogLine[] =>
  stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as LogLine;
      } catch {
        throw new Error(`A line on stderr is no log line: ${line}`);
      }
    });

/** What a command that was refused said: the only line of its log, without a stack and with nothing on stdout. */
export function refusalOf({ stdout, log }: Ended): string {
  const [line, ...more] = log;
  if (stdout !== '' || line === undefined || more.length > 0) {
    throw new Error(`Not one line of refusal but ${JSON.stringify({ stdout, log })}`);
  }
  if ('stack' in line || /\n\s+at /.test(line.msg)) throw new Error(`A stack for a mistake: ${JSON.stringify(line)}`);
  return line.msg;
}
