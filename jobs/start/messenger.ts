import type { House } from '../../src/app.ts';
import { errorFields } from '../../src/runtime/log-fields.ts';
import type { JobContext } from '../define-job.ts';

const EVERY_MS = 30_000;

/** Delivers alerts twice a minute until it is stopped; what fails is tried again. */
export function openMessenger(
  { clock, log }: Pick<JobContext, 'clock' | 'log'>,
  { deliverAlerts }: Pick<House, 'deliverAlerts'>,
): { readonly stop: () => Promise<void> } {
  const end = new AbortController();
  const rounds = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await deliverAlerts().catch((error: unknown) => log.error('Alerts cannot be delivered now', errorFields(error)));
      await clock.sleep(EVERY_MS, end.signal).catch(() => undefined);
    }
  };
  const done = rounds();
  return {
    stop: async () => {
      end.abort();
      await done;
    },
  };
}
