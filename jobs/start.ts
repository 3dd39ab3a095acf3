import { once } from 'node:events';
import { openHouse, readSettings } from '../src/app.ts';
import { asAuditError } from '../src/domain/errors.ts';
import { errorFields } from '../src/runtime/log-fields.ts';
import { createTicker } from '../src/schedule/ticker.ts';
import { noteNextRun, readTenants, takeSlot } from '../src/store/tenants.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'start',
  summary: "Runs the audits on each tenant's schedule until it is stopped.",
  examples: ['npm start'],
  flags: {},
  untilStopped: true,
  async run(context) {
    let settings = await readSettings(context);
    await using house = await openHouse(context, settings);

    // An edit that does not hold keeps the settings that did; the next tick looks again.
    const reload = async (): Promise<void> => {
      try {
        const read = await readSettings(context);
        if (JSON.stringify(read.config.tenants) === JSON.stringify(settings.config.tenants)) return;
        settings = read;
        await house.register(read);
        context.log.info('The settings have changed', { tenants: read.config.tenants.length });
      } catch (error) {
        if (asAuditError(error)?.code !== 'config-invalid') throw error;
        context.log.error('The changed settings are invalid; the old ones stay in force', errorFields(error));
      }
    };

    const ticker = createTicker({
      now: context.clock.now,
      log: context.log,
      tenants: async () => {
        await reload();
        const rows = await house.store.withFleet(readTenants);
        const saved = new Map(rows.map(({ tenantId, lastSlotAt }) => [tenantId, lastSlotAt]));
        return settings.config.tenants.map(({ id, enabled, schedule }) => {
          const last = saved.get(id) ?? null;
          return {
            id,
            enabled,
            cron: schedule.cron,
            timezone: schedule.timezone,
            lastSlot: last === null ? null : new Date(last),
          };
        });
      },
      take: (tenantId, at, next) => house.store.withTenant(tenantId, (tx) => takeSlot(tx, { at, next })),
      noteNext: (tenantId, next) => house.store.withTenant(tenantId, (tx) => noteNextRun(tx, next)),
      run: async (tenantId) => {
        const tenant = settings.config.tenants.find(({ id }) => id === tenantId);
        if (tenant === undefined) return;
        await house.audit([
          { settings: tenant, mode: tenant.mode, trigger: 'schedule', full: false, onlySpaces: null },
        ]);
      },
    });
    context.log.info('The schedule is running', {
      tenants: settings.config.tenants.filter(({ enabled }) => enabled).length,
    });
    await ticker.tick();
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await ticker.stop();
    context.log.info('Stopped; every audit has ended at a checkpoint');
    return 0;
  },
});
