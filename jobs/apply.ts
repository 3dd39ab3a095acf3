import { z } from 'zod';
import { chooseTenants } from '../config/choose-tenants.ts';
import { openHouse } from '../src/app.ts';
import type { ApplyOrder } from '../src/audit/run-writes.ts';
import { writesExit } from '../src/domain/audit-exit.ts';
import { AuditError } from '../src/domain/errors.ts';
import { writeSummaryJson, writeSummaryTable } from '../src/report/write-summary.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import { tenantOfPlan } from '../src/store/plans.ts';
import { defineJob } from './define-job.ts';
import { commaList } from './flags/comma-list.ts';
import { overrideBreaker } from './flags/override-breaker.ts';
import { tag } from './flags/tag.ts';

const name = z.string().trim().min(1).max(200);

export default defineJob({
  name: 'apply',
  summary: 'Carries out stored plans exactly: nothing is walked, planned or added.',
  examples: [
    'npm run report -- planned_actions --tenant acme',
    'npm run apply -- --plan PLAN_ID --approve jdoe',
    'npm run apply -- --tenant acme --approve jdoe',
    'npm run apply -- --tag tier:gold --approve jdoe --format json',
  ],
  flags: {
    plan: { value: 'ID', about: 'This plan.', schema: name.optional() },
    tenant: { value: 'ID,ID', about: 'The newest plan of these tenants.', schema: commaList.optional() },
    tag: {
      value: 'KEY:VALUE',
      about: 'The newest plan of the tenants with this tag.',
      schema: tag.optional(),
    },
    approve: {
      value: 'NAME',
      about: 'Who approves it; stands in the ledger and the audit trail.',
      schema: name.optional(),
    },
    'override-breaker': {
      value: 'REASON',
      about: 'Carries out also what the breaker refuses; the reason is recorded.',
      schema: overrideBreaker.optional(),
    },
    format: {
      value: 'table|json',
      about: 'How to print the summary.',
      schema: z.enum(['table', 'json']).default('table'),
    },
  },
  async run(context, flags) {
    const approvedBy = flags.approve;
    if (approvedBy === undefined)
      throw wrong('--approve NAME is required: what is written to a site has somebody who said so');
    if (flags.plan === undefined && flags.tenant === undefined && flags.tag === undefined)
      throw wrong('say what to carry out: --plan ID, --tenant ID or --tag KEY:VALUE');
    await using house = await openHouse(context);
    const { config } = house.settings;
    if (config.modeCeiling !== 'apply') throw wrong(`ceilings.mode allows no more than ${config.modeCeiling}`);
    const owner = flags.plan === undefined ? null : await tenantOfPlan(house.store, flags.plan);
    if (flags.plan !== undefined && (owner === null || (flags.tenant !== undefined && !flags.tenant.includes(owner))))
      throw new AuditError(
        'plan-unknown',
        `--plan ${flags.plan}: no such plan${flags.tenant === undefined ? '' : ' of this tenant'}.`,
      );
    const chosen = chooseTenants(config.tenants, { ids: owner === null ? flags.tenant : [owner], tag: flags.tag });
    const reason = flags['override-breaker'];
    const orders = chosen.map(
      (settings): ApplyOrder => ({ settings, planId: flags.plan ?? null, approvedBy, overrideBreaker: reason ?? null }),
    );
    for (const { settings, planId } of orders) {
      const act = {
        action: 'apply',
        detail: { plan: planId, approvedBy },
        ...(reason === undefined ? {} : { reason }),
      } as const;
      await house.store.withTenant(settings.id, (tx) => recordAct(tx, createActing(context.clock), act));
    }
    const results = await house.apply(orders);
    context.stdout.write(
      flags.format === 'json' ? writeSummaryJson(results) : writeSummaryTable(results, context.columns),
    );
    return writesExit(results);
  },
});

const wrong = (message: string): AuditError => new AuditError('arguments-invalid', `${message}.`);
