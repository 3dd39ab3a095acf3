import { z } from 'zod';
import { chooseTenants } from '../config/choose-tenants.ts';
import { MODES } from '../config/setting-schemas.ts';
import type { Order } from '../src/audit/claim.ts';
import { AuditError } from '../src/domain/errors.ts';
import { auditExit, parseFailOn } from '../src/domain/audit-exit.ts';
import { SEVERITIES } from '../src/domain/severity.ts';
import { auditSummaryJson, auditSummaryTable } from '../src/report/audit-summary.ts';
import { auditTree } from '../src/report/audit-tree.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import { defineJob } from './define-job.ts';
import { commaList } from './flags/comma-list.ts';
import { overrideBreaker } from './flags/override-breaker.ts';
import { tag } from './flags/tag.ts';

type Mode = (typeof MODES)[number];

export default defineJob({
  name: 'audit',
  summary: 'Audits now: every enabled tenant, or those that the flags choose.',
  examples: [
    'npm run audit',
    'npm run audit -- --tenant acme --space OPS,SRE --mode plan',
    'npm run -s audit -- --tag tier:gold --fail-on high:new --format json',
  ],
  flags: {
    tenant: { value: 'ID,ID', about: 'Only these tenants.', schema: commaList.optional() },
    tag: {
      value: 'KEY:VALUE',
      about: 'Only tenants with this tag.',
      schema: tag.optional(),
    },
    space: { value: 'KEY,KEY', about: 'Only these spaces.', schema: commaList.optional() },
    full: { about: 'Reads every body again.', schema: z.literal(true).optional() },
    mode: {
      value: 'audit|plan|apply',
      about: 'Findings only, also a stored plan, or also the writes; the settings decide by default.',
      schema: z.enum(MODES).optional(),
    },
    'fail-on': {
      value: 'SEVERITY[:new|all]',
      about: 'Exit 3 when there are findings at or above it; only new ones by default.',
      schema: z
        .string()
        .transform((text, context) => {
          const parsed = parseFailOn(text);
          if (parsed === null)
            context.addIssue(`must be ${SEVERITIES.join(', ')}, alone or with :new or :all after it`);
          return parsed ?? z.NEVER;
        })
        .optional(),
    },
    'override-breaker': {
      value: 'REASON',
      about: 'With the mode apply: writes also what the breaker refuses; the reason is recorded.',
      schema: overrideBreaker.optional(),
    },
    format: {
      value: 'table|json',
      about: 'How to print the summary.',
      schema: z.enum(['table', 'json']).default('table'),
    },
  },
  async run(context, flags) {
    const { openHouse } = await import('../src/app.ts');
    await using house = await openHouse(context);
    const { config } = house.settings;
    const mode = allowedMode(flags.mode, config.modeCeiling);
    const chosen = chooseTenants(config.tenants, { ids: flags.tenant, tag: flags.tag });
    const orders = chosen.map(
      (tenant): Order => ({
        settings: tenant,
        mode: mode ?? tenant.mode,
        trigger: 'manual',
        full: flags.full ?? false,
        onlySpaces: flags.space ?? null,
        ...(flags['override-breaker'] === undefined ? {} : { overrideBreaker: flags['override-breaker'] }),
      }),
    );
    const reason = flags['override-breaker'];
    for (const order of orders.filter((one) => one.mode === 'apply')) {
      const detail = { spaces: order.onlySpaces?.join(',') ?? null, full: order.full };
      await house.store.withTenant(order.settings.id, (tx) =>
        recordAct(tx, createActing(context.clock), {
          action: 'apply',
          detail,
          ...(reason === undefined ? {} : { reason }),
        }),
      );
    }
    const results = await house.audit(orders);
    if (flags.format === 'json') context.stdout.write(auditSummaryJson(results));
    else
      context.stdout.write(
        `${auditTree(results, context.ink)}\n${auditSummaryTable(results, context.columns, context.ink)}`,
      );
    await house.deliverAlerts();
    return auditExit(results, flags['fail-on'] ?? null);
  },
});

/** A mode of the command line goes over the settings, but not over the operator's ceiling. */
function allowedMode(asked: Mode | undefined, ceiling: Mode): Mode | undefined {
  if (asked === undefined || MODES.indexOf(asked) <= MODES.indexOf(ceiling)) return asked;
  throw new AuditError('arguments-invalid', `--mode ${asked}: ceilings.mode allows no more than ${ceiling}.`);
}
