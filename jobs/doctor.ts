import { z } from 'zod';
import { chooseTenants } from '../config/choose-tenants.ts';
import { receiversOf } from '../config/receivers.ts';
import type { TenantSettings } from '../config/settings.ts';
import { openDatabase } from '../src/database.ts';
import { environmentOf, readAllSettings, readFileSettings, type Settings } from '../src/settings.ts';
import { openExchange, openSignIn } from '../src/exchange.ts';
import { neededBy } from '../src/audit/needed-by.ts';
import { connectTenant } from '../src/confluence/connect-tenant.ts';
import { type Check, failed } from '../src/doctor/check.ts';
import { checkAlerts } from '../src/doctor/check-alerts.ts';
import { checkDatabase, checkEnvironment } from '../src/doctor/check-database.ts';
import { checkSettings } from '../src/doctor/check-settings.ts';
import { checkTenant } from '../src/doctor/check-tenant.ts';
import { asAuditError, AuditError } from '../src/domain/errors.ts';
import { worstExit } from '../src/domain/outcome.ts';
import { formatRows } from '../src/report/formats.ts';
import type { Store } from '../src/store/db.ts';
import { defineJob, type JobContext } from './define-job.ts';
import { commaList } from './flags/comma-list.ts';

/** Tenants looked at together; each is another site. */
const AT_ONCE = 4;

export default defineJob({
  name: 'doctor',
  summary:
    'Checks configuration, database and what each tenant’s credential may do, and says what to do; changes nothing.',
  examples: ['npm run doctor', 'npm run -s doctor -- --tenant acme --format json'],
  flags: {
    tenant: { value: 'ID,ID', about: 'Only these tenants.', schema: commaList.optional() },
    format: { value: 'table|json', about: 'How to print.', schema: z.enum(['table', 'json']).default('table') },
  },
  async run(context, flags) {
    const checks: Check[] = [];
    const unless = (check: string) => (error: unknown) => {
      checks.push(mistakes(check, error));
      return null;
    };
    const environment = await Promise.try(environmentOf, context).catch(unless('environment'));
    if (environment !== null) checks.push(checkEnvironment(environment));
    const files = await readFileSettings(context).catch(unless('config'));
    const database = environment === null ? [] : await checkDatabase(environment, context);
    // A database that has to be prepared first is left alone.
    const ready = database.some(({ check, status }) => check === 'schema' && status === 'ok');
    const store = ready ? await openDatabase(context) : null;
    try {
      const settings =
        files === null || store === null ? files : await readAllSettings(context, store).catch(unless('config'));
      if (settings !== null) {
        checks.push(...checkSettings(settings.config));
      }
      checks.push(...database);
      if (settings !== null) {
        if (store !== null) checks.push(...(await checkAlerts(store, receiversOf(settings.config.notify))));
        checks.push(...(await checkTenants(context, settings, { ids: flags.tenant, store })));
      }
    } finally {
      await store?.close();
    }
    const rows = checks.map(({ tenant, check, status, detail, advice }) => [tenant, check, status, detail, advice]);
    const columns = ['tenant_id', 'check', 'status', 'detail', 'what_to_do'];
    context.stdout.write(formatRows({ columns, rows }, flags.format, context.columns));
    return worstExit(checks.map(({ exit }) => exit));
  },
});

async function checkTenants(
  context: JobContext,
  settings: Settings,
  { ids, store }: { readonly ids: readonly string[] | undefined; readonly store: Store | null },
): Promise<readonly Check[]> {
  const { tenants } = settings.config;
  if (ids === undefined && !tenants.some(({ enabled }) => enabled)) return [];
  const chosen = chooseTenants(tenants, { ids, tag: undefined });
  const signIn = store === null ? { accessToken: away, sealedToken: away } : openSignIn(context, settings, store);
  const exchange = openExchange(context, settings, signIn);
  const one = async (tenant: TenantSettings): Promise<readonly Check[]> => {
    const confluence = connectTenant(exchange, tenant, {
      signal: context.signal,
      onCall: () => undefined,
      cloudId: null,
    });
    try {
      const needs = neededBy(tenant, settings.rules).needs;
      return await checkTenant({ settings: tenant, confluence, needs, now: context.clock.now() });
    } finally {
      await confluence.close();
    }
  };
  const checks: Check[] = [];
  for (let start = 0; start < chosen.length; start += AT_ONCE) {
    checks.push(...(await Promise.all(chosen.slice(start, start + AT_ONCE).map(one))).flat());
  }
  return checks;
}

/** Mistakes in the settings, as a check; everything else is thrown on. */
function mistakes(check: string, error: unknown): Check {
  const known = asAuditError(error);
  if (known?.code !== 'config-invalid') throw error;
  return failed({ tenant: null, check }, known);
}

async function away(): Promise<never> {
  throw new AuditError('database-unprepared', 'The database is not ready, and the credential lies in it.');
}
