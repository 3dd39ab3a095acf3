import { AuditError } from '../../src/domain/errors.ts';
import type { ExitCode } from '../../src/domain/outcome.ts';
import { createClock } from '../../src/runtime/clock.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createProgress } from '../../src/runtime/progress.ts';
import { createShutdown, type Shutdown } from '../../src/runtime/shutdown.ts';
import type { JobContext } from '../define-job.ts';
import { describeFailure, tellFailure } from './failure.ts';
import { jobHelp, programHelp, versionLine } from './help.ts';
import { jobNames, loadJob } from './job-list.ts';
import { readLogSettings } from '../../config/log-settings.ts';
import { readTerminal } from '../../config/terminal.ts';
import { parseFlags } from './parse-flags.ts';

interface Street {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder whose files are the commands. */
  readonly jobs: URL;
  readonly host: Pick<NodeJS.Process, 'on' | 'off' | 'exit' | 'cwd'> & {
    readonly stdin: NodeJS.ReadableStream;
    readonly stdout: Stream;
    readonly stderr: Stream;
  };
}

/** Node's types promise what only a terminal has. */
type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Runs the command that `argv` names and resolves to its exit code; every failure ends as one line on stderr. */
export async function main({ argv, environment, jobs, host }: Street): Promise<ExitCode> {
  keepHeapSmall();
  const { stdout, stderr } = host;
  const clock = createClock();
  using progress = createProgress({ stream: stderr });
  const endNow = (code: ExitCode) => {
    progress[Symbol.dispose]();
    host.exit(code);
  };
  using shutdown = createShutdown({ source: host, endNow });
  const settings = readLogSettings(environment, { isTerminal: stderr.isTTY === true });
  const log = createLog({ ...settings, now: clock.now, write: progress.line });

  const fail = (thrown: unknown): ExitCode => {
    const failure = describeFailure(thrown, shutdown.signal);
    tellFailure(failure, { settings, log, progress });
    return shutdown.exitCode() ?? failure.exit;
  };
  host.on('uncaughtException', (error) => endNow(fail(error)));
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `… | head` closes the pipe early; that is no failure of the command.
    if (error.code !== 'EPIPE') endNow(fail(error));
  });

  try {
    if (settings.mistake !== null) throw settings.mistake;
    const isTTY = stdout.isTTY === true;
    return await runCommand(argv, jobs, shutdown, {
      environment,
      stdin: host.stdin,
      stdout,
      stderr: { write: progress.line },
      isTTY,
      columns: isTTY ? (stdout.columns ?? null) : null,
      ink: readTerminal(environment, { isTerminal: isTTY }),
      cwd: host.cwd(),
      signal: shutdown.signal,
      log,
      progress,
      clock,
    });
  } catch (thrown) {
    return fail(thrown);
  }
}

async function runCommand(
  [name, ...words]: readonly string[],
  jobs: URL,
  shutdown: Shutdown,
  context: JobContext,
): Promise<ExitCode> {
  const print = (text: string): ExitCode => {
    context.stdout.write(text);
    return 0;
  };
  if (name === undefined) {
    throw new AuditError('arguments-invalid', `No command is given. Commands: ${jobNames(jobs).join(', ')}.`);
  }
  if (isHelp(name)) return print(programHelp(await Promise.all(jobNames(jobs).map((each) => loadJob(jobs, each)))));
  if (name === '--version') return print(versionLine());

  const job = await loadJob(jobs, name);
  if (words.some(isHelp)) return print(jobHelp(job));
  const { flags, operands } = parseFlags(job, words);
  const code = await job.run({ ...context, log: context.log.child({ job: job.name }) }, flags, operands);
  return job.untilStopped === true ? code : (shutdown.exitCode() ?? code);
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h';
