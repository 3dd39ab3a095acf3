import { AuditError } from '../domain/errors.ts';

const EXIT_OF = { SIGINT: 130, SIGTERM: 143 } as const;
type StopSignal = keyof typeof EXIT_OF;
export type InterruptedExit = (typeof EXIT_OF)[StopSignal];

/** What this needs of `process`; tests hand in an emitter. */
interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

export interface Shutdown extends Disposable {
  /** Aborted by the first SIGINT or SIGTERM, with an `interrupted` error as its reason. */
  readonly signal: AbortSignal;
  /** The exit code of the first signal, or `null` while there was none. */
  exitCode(): InterruptedExit | null;
}

/** Turns the first stop signal into an abort, so that work is saved, and the second into `endNow`. */
export function createShutdown({
  source,
  endNow,
}: {
  source: SignalSource;
  endNow: (code: InterruptedExit) => void;
}): Shutdown {
  const controller = new AbortController();
  let first: InterruptedExit | null = null;

  const listeners = (['SIGINT', 'SIGTERM'] as const).map((name) => {
    const listener = () => {
      if (first !== null) return endNow(EXIT_OF[name]);
      first = EXIT_OF[name];
      controller.abort(new AuditError('interrupted', `Stopped by ${name}.`));
    };
    source.on(name, listener);
    return { name, listener };
  });

  return {
    signal: controller.signal,
    exitCode: () => first,
    [Symbol.dispose]: () => {
      for (const { name, listener } of listeners) source.off(name, listener);
    },
  };
}
