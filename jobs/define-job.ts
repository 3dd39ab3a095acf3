import type { z } from 'zod';
import type { Ink } from '../src/domain/ink.ts';
import type { ExitCode } from '../src/domain/outcome.ts';
import type { Clock } from '../src/runtime/clock.ts';
import type { Log } from '../src/runtime/log.ts';
import type { Progress } from '../src/runtime/progress.ts';

/** What a command gets from the street. */
export interface JobContext {
  /** The environment as it was given; only config/ knows what its names mean. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The result, and nothing else. Who writes much waits for `done`, so that no more is held than the reader takes. */
  readonly stdout: { write(text: string, done?: (error?: Error | null) => void): unknown };
  /** What accompanies the result, for people; log lines go through `log`. */
  readonly stderr: { write(text: string): unknown };
  /** What somebody types or pipes in; nothing reads it unless the command asks for something. */
  readonly stdin: NodeJS.ReadableStream;
  /** True where stdout is a terminal. */
  readonly isTTY: boolean;
  /** Cells in a line of stdout; null where it is no terminal. */
  readonly columns: number | null;
  /** What stdout can show beside letters. */
  readonly ink: Ink;
  readonly cwd: string;
  /** Aborted by the first SIGINT or SIGTERM: save and return. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly progress: Progress;
  readonly clock: Clock;
}

/** One flag: a switch, or with `value` one that takes a value. The schema gets the text (`true` of a switch) or undefined. */
export interface Flag<Schema extends z.ZodType = z.ZodType> {
  /** What the help shows for the value: `ID,ID`. */
  readonly value?: string;
  readonly about: string;
  readonly schema: Schema;
}

/** What stands beside the flags: `[VIEW]`. The schema gets the list of words. */
export interface Operands<Schema extends z.ZodType = z.ZodType> {
  readonly names: string;
  readonly about: string;
  readonly schema: Schema;
}

interface JobShape<Flags extends Record<string, Flag>, Words extends z.ZodType> {
  /** The same as the file's. */
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** Command lines that work as they stand. */
  readonly examples: readonly string[];
  readonly flags: Flags;
  readonly operands?: Operands<Words>;
  /** Flags that people try and that there is a reason not to have, by their names. */
  readonly refuses?: Readonly<Record<string, string>>;
  /** A job that only a signal ends: being stopped is its normal end, so its own exit code stands. */
  readonly untilStopped?: true;
  run(
    context: JobContext,
    flags: { readonly [Name in keyof Flags]: z.output<Flags[Name]['schema']> },
    operands: z.output<Words>,
  ): Promise<ExitCode>;
}

export type Job = JobShape<Record<string, Flag>, z.ZodType>;

/** Gives a command its types; the file's default export. */
export function defineJob<Flags extends Record<string, Flag>, Words extends z.ZodType = z.ZodType<readonly []>>(
  job: JobShape<Flags, Words>,
): Job {
  return job;
}
