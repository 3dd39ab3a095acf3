import { z } from 'zod';
import { chooseTenants } from '../config/choose-tenants.ts';
import { openHouse } from '../src/app.ts';
import { writesExit } from '../src/domain/audit-exit.ts';
import { AuditError } from '../src/domain/errors.ts';
import { writeSummaryJson, writeSummaryTable } from '../src/report/write-summary.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import { tenantOfRun } from '../src/store/run-changes.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'undo',
  summary:
    'Takes back what one run wrote to its site, where it is still ours. An undo can be undone like any other run.',
  examples: ['npm run report -- run_log --tenant acme', 'npm run undo -- --run RUN_ID'],
  flags: {
    run: {
      value: 'ID',
      about: 'The run, as report.run_log names it.',
      schema: z.string().trim().min(1).max(200).optional(),
    },
    tenant: {
      value: 'ID',
      about: 'Refuses a run of any other tenant.',
      schema: z.string().trim().min(1).max(200).optional(),
    },
    format: {
      value: 'table|json',
      about: 'How to print the summary.',
      schema: z.enum(['table', 'json']).default('table'),
    },
  },
  async run(context, { run: runId, tenant, format }) {
    if (runId === undefined) throw new AuditError('arguments-invalid', 'Say which run: --run ID.');
    await using house = await openHouse(context);
    const { config } = house.settings;
    if (config.modeCeiling !== 'apply')
      throw new AuditError('arguments-invalid', `ceilings.mode allows no more than ${config.modeCeiling}.`);
    const owner = await tenantOfRun(house.store, runId);
    if (owner === null || (tenant !== undefined && tenant !== owner))
      throw new AuditError(
        'run-unknown',
        `--run ${runId}: no such run${tenant === undefined ? '' : ' of this tenant'}.`,
      );
    const [settings] = chooseTenants(config.tenants, { ids: [owner], tag: undefined });
    if (settings === undefined) throw new Error('No tenant was chosen.');
    const acting = createActing(context.clock);
    await house.store.withTenant(owner, (tx) => recordAct(tx, acting, { action: 'undo', subject: runId }));
    const result = await house.undo({ settings, runId, by: acting.actor });
    context.stdout.write(format === 'json' ? writeSummaryJson([result]) : writeSummaryTable([result], context.columns));
    return writesExit([result]);
  },
});
