import type { TenantSettings } from '../../config/settings.ts';
import { type House } from '../../src/app.ts';
import { readAllSettings, settingsStamp } from '../../src/settings.ts';
import { asAuditError } from '../../src/domain/errors.ts';
import { errorFields } from '../../src/runtime/log-fields.ts';
import type { JobContext } from '../define-job.ts';

/** Looked at no more often than this, however many ask; less than a minute, so each tick of the clock sees the truth. */
const READ_EVERY_MS = 50_000;

/** The tenants as files and registry describe them now. An edit that does not hold keeps the settings that did. */
export function createLiveSettings(
  context: JobContext,
  house: House,
): { readonly tenants: () => Promise<readonly TenantSettings[]> } {
  let { tenants, includes } = house.settings.config;
  let stamp: string | null = null;
  let { rulesFingerprint } = house.settings;
  let readAt = context.clock.monotonic();
  let reading = Promise.resolve();

  const read = async (): Promise<void> => {
    try {
      const seen = await settingsStamp(context, house.store, { includes });
      if (seen === stamp) return;
      const settings = await readAllSettings(context, house.store);
      const rulesAsBefore = settings.rulesFingerprint === rulesFingerprint;
      if (!rulesAsBefore || JSON.stringify(settings.config.tenants) !== JSON.stringify(tenants)) {
        await house.register(settings);
        context.log.info('The settings have changed', { tenants: settings.config.tenants.length });
      }
      ({ tenants, includes } = settings.config);
      ({ rulesFingerprint } = settings);
      // Only now: an edit that does not hold is read, and told, again.
      stamp = seen;
    } catch (error) {
      if (asAuditError(error)?.code === 'config-invalid')
        context.log.error('The changed settings are invalid; the old ones stay in force', errorFields(error));
      else context.log.warn('The settings could not be read again; the old ones stay in force', errorFields(error));
    }
  };

  return {
    tenants: async () => {
      if (context.clock.monotonic() - readAt >= READ_EVERY_MS) {
        readAt = context.clock.monotonic();
        reading = read();
      }
      await reading;
      return tenants;
    },
  };
}
