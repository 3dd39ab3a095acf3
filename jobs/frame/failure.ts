import { asAuditError, type AuditError } from '../../src/domain/errors.ts';
import type { ExitCode } from '../../src/domain/outcome.ts';
import { plainText } from '../../src/domain/plain-text.ts';
import type { Log } from '../../src/runtime/log.ts';
import type { Progress } from '../../src/runtime/progress.ts';
import { scrub } from '../../src/runtime/scrub.ts';
import type { LogSettings } from '../../config/log-settings.ts';

interface Failure {
  readonly exit: ExitCode;
  readonly code: AuditError['code'] | 'unexpected';
  /** `error <code>: <message> <hint>`; one line, unless the message itself lists several mistakes. */
  readonly line: string;
  readonly stack: string | null;
}

/** How a command says that it failed, whatever was thrown. A stop by a signal is told as such, however it surfaced. */
export function describeFailure(thrown: unknown, signal: AbortSignal): Failure {
  const error = signal.aborted && isAbort(thrown) ? signal.reason : thrown;
  const ours = asAuditError(error);
  if (ours !== null) {
    const separator = ours.message.includes('\n') ? '\n' : ' ';
    return {
      exit: ours.kind.exit,
      code: ours.code,
      line: sayable(ours.code, `${ours.message}${separator}${ours.hint}`),
      stack: stackOf(ours),
    };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : 'Something was thrown that is no error.';
  const hint = 'This is a fault of the program: run it again with LOG_LEVEL=debug and report the stack.';
  const oneLine = message.replace(/\s+/g, ' ').replace(/[.\s]*$/, '.');
  return { exit: 1, code: 'unexpected', line: sayable('unexpected', `${oneLine} ${hint}`), stack: stackOf(error) };
}

/** Says it once, where everything else of this command is said: as a line of JSON among such, as the bare line otherwise. */
export function tellFailure(
  failure: Failure,
  { settings, log, progress }: { settings: LogSettings; log: Log; progress: Progress },
): void {
  const stack = settings.level === 'debug' || settings.level === 'trace' ? failure.stack : null;
  progress[Symbol.dispose]();
  if (settings.format === 'json' && settings.level !== 'silent' && settings.level !== 'fatal') {
    log.error(failure.line, { code: failure.code, exit: failure.exit, stack: stack ?? undefined });
  } else {
    progress.line(stack === null ? failure.line : `${failure.line}\n${stack}`);
  }
}

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';

const sayable = (code: string, text: string): string => `error ${code}: ${scrub(plainText(text))}`;

function stackOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  const cause = error.cause === undefined ? null : stackOf(error.cause);
  return scrub(plainText(cause === null ? error.stack : `${error.stack}\nCaused by ${cause}`));
}
