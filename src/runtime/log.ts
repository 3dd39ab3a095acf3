import { pino } from 'pino';
import type { LogFormat, LogLevel } from '../../config/log-settings.ts';
import { allowedFields, type LogFields } from './log-fields.ts';
import { readableLine } from './readable-line.ts';

type Say = (message: string, fields?: LogFields) => void;

/** Messages are constants of the program; everything that varies is a field. */
export interface Log {
  readonly debug: Say;
  readonly info: Say;
  readonly warn: Say;
  readonly error: Say;
  /** A log whose every line carries these fields too: `{ tenant, run }` for the work of one tenant. */
  child(fields: LogFields): Log;
}

/** Writes one line per event to `write`: JSON for machines, words for people; only listed fields, secrets masked. */
export function createLog({
  level,
  format,
  now,
  write,
}: {
  level: LogLevel;
  format: LogFormat;
  now: () => Date;
  write: (line: string) => void;
}): Log {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: format === 'json' ? write : (line: string) => write(readableLine(line)) },
  );
  return overPino(lines, {});
}

function overPino(lines: pino.Logger, own: LogFields): Log {
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error'): Say =>
    (message, fields = {}) => {
      // A child's tenant and run win, so that no line can claim another's.
      if (lines.isLevelEnabled(level)) lines[level](allowedFields({ ...fields, ...own }), message);
    };
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    child: (fields) => overPino(lines, { ...fields, ...own }),
  };
}
