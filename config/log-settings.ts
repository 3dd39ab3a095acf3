import { z } from 'zod';
import { AuditError } from '../src/domain/errors.ts';
import { choice } from '../src/domain/choice.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_FORMATS = ['json', 'pretty'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogSettings {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** What is wrong with the variables, to be told by the log that the defaults give. */
  readonly mistake: AuditError | null;
}

const Level = z.enum(LOG_LEVELS).optional();
const Format = z.enum(LOG_FORMATS).optional();

/** LOG_LEVEL and LOG_FORMAT; by default `info`, as words on a terminal and as JSON elsewhere. */
export function readLogSettings(
  environment: Readonly<Record<string, string | undefined>>,
  { isTerminal }: { isTerminal: boolean },
): LogSettings {
  const given = (name: 'LOG_LEVEL' | 'LOG_FORMAT') => environment[name]?.toLowerCase() || undefined;
  const level = Level.safeParse(given('LOG_LEVEL'));
  const format = Format.safeParse(given('LOG_FORMAT'));
  const problem = level.success
    ? `LOG_FORMAT must be ${choice(LOG_FORMATS)}`
    : `LOG_LEVEL must be ${choice(LOG_LEVELS)}`;
  return {
    level: level.data ?? 'info',
    format: format.data ?? (isTerminal ? 'pretty' : 'json'),
    mistake: level.success && format.success ? null : new AuditError('config-invalid', `${problem}.`),
  };
}
