import { once } from 'node:events';
import { resolve } from 'node:path';
import { z } from 'zod';
import { environmentOf } from '../src/settings.ts';
import { AuditError } from '../src/domain/errors.ts';
import { startHeartbeat } from '../src/runtime/heartbeat.ts';
import { defineJob } from './define-job.ts';
import { createLiveSettings } from './start/live-settings.ts';
import { openMessenger } from './start/messenger.ts';
import { openWorker } from './start/worker.ts';

const SWITCH = z.literal(true).optional();

export default defineJob({
  name: 'start',
  summary: "Runs the audits on each tenant's schedule until it is stopped.",
  examples: ['npm start', 'npm start -- --no-schedule'],
  flags: {
    'no-schedule': { about: 'Only works on what another process schedules.', schema: SWITCH },
    'no-work': { about: 'Only schedules, for other processes to work on.', schema: SWITCH },
  },
  untilStopped: true,
  async run(context, { 'no-schedule': noSchedule = false, 'no-work': noWork = false }) {
    const { databaseUrl, databaseAdminUrl, heartbeatFile } = environmentOf(context);
    if (noSchedule && noWork) throw refusal('--no-schedule and --no-work together leave nothing to do.');
    if (databaseUrl === null && (noSchedule || noWork)) {
      throw refusal(
        `${noWork ? '--no-work' : '--no-schedule'} needs DATABASE_URL: the embedded database has no other process.`,
      );
    }
    const [{ TENANTS_AT_ONCE, openHouse }, { openQueue }, { openClock }, { openMetrics }] = await Promise.all([
      import('../src/app.ts'),
      import('../src/schedule/queue.ts'),
      import('./start/clock.ts'),
      import('./start/metrics.ts'),
    ]);
    const { clock, log, signal } = context;
    await using house = await openHouse(context);
    const { store, settings } = house;
    // Ended in reverse order, also where one of them could not begin.
    await using ends = new AsyncDisposableStack();
    const heartbeat = await startHeartbeat({ file: resolve(context.cwd, heartbeatFile), now: clock.now, log });
    ends.defer(heartbeat.stop);
    let started = false;
    const { tenants } = createLiveSettings(context, house);
    const queue = await openQueue({ store, adminUrl: databaseAdminUrl, log });
    const watched = await openMetrics(context, {
      house,
      queue,
      tenants,
      alive: heartbeat.alive,
      started: () => started && !signal.aborted,
    }).catch(async (error: unknown) => {
      await queue.stop();
      throw error;
    });
    ends.defer(watched.stop);
    const messenger = openMessenger(context, house);
    ends.defer(messenger.stop);
    ends.defer(queue.stop);
    const ticker = noSchedule ? null : openClock(context, { house, queue, tenants, sent: watched.slotSent });
    ends.defer(async () => ticker?.stop());
    if (!noWork) await queue.work(openWorker(context, { house, tenants, audited: watched.audited }), TENANTS_AT_ONCE);
    started = true;
    log.info(noSchedule ? 'The worker is ready' : 'The schedule is running', {
      tenants: settings.config.tenants.filter(({ enabled }) => enabled).length,
    });
    await ticker?.tick();
    if (!signal.aborted) await once(signal, 'abort');
    await ends.disposeAsync();
    log.info('Stopped; every audit has ended at a checkpoint');
    return 0;
  },
});

const refusal = (message: string): AuditError => new AuditError('arguments-invalid', message);
