import type { ResolvedConfig } from '../config/load.ts';
import { readSecret } from '../config/secrets.ts';
import { createSend, type Send } from './notify/send.ts';
import type { Clock } from './runtime/clock.ts';

interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The ways to the receivers of alerts, with secrets looked up where the settings are. */
export const openSend = (
  { environment, clock, signal }: Surroundings,
  config: () => Pick<ResolvedConfig, 'folder'>,
): Send =>
  createSend({
    secret: (ref, whose) => readSecret(ref, { whose, env: environment, folder: config().folder }),
    now: clock.now,
    signal,
  });
