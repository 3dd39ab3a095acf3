import { z } from 'zod';
import type { TenantSettings } from '../config/settings.ts';
import { type PeopleReport, reportPeople } from '../src/audit/report-people.ts';
import { createPersonalDataReport } from '../src/confluence/personal-data.ts';
import { FLEET } from '../src/domain/act.ts';
import { asAuditError } from '../src/domain/errors.ts';
import { openSignIn } from '../src/exchange.ts';
import { formatRows } from '../src/report/formats.ts';
import { createActing } from '../src/runtime/operator.ts';
import { errorFields } from '../src/runtime/log-fields.ts';
import { createRandom } from '../src/runtime/random.ts';
import { recordAct } from '../src/store/acts.ts';
import { readTenants } from '../src/store/tenants.ts';
import { defineJob, type JobContext } from './define-job.ts';

export default defineJob({
  name: 'privacy',
  summary:
    'Reports to Atlassian whose names are stored for tenants of OAuth apps, and erases those of closed and changed accounts.',
  examples: ['npm run privacy', 'npm run -s privacy -- --format json'],
  flags: {
    format: { value: 'table|json', about: 'How to print.', schema: z.enum(['table', 'json']).default('table') },
  },
  async run(context, { format }) {
    const { openHouse } = await import('../src/app.ts');
    await using house = await openHouse(context);
    const { store, settings } = house;
    const signIn = openSignIn(context, settings, store);
    const { clock, signal, log } = context;
    const { apiBase } = settings.config.environment;
    const send = createPersonalDataReport({ apiBase, sleep: clock.sleep, roll: createRandom(clock).roll });
    const allTenants = (await store.withFleet(readTenants)).map(({ tenantId }) => tenantId);
    const rows: (readonly [string, number, number, number])[] = [];
    let failed: unknown = null;
    for (const { id: app } of settings.config.apps) {
      const tenants = settings.config.tenants.filter(({ auth }) => auth.type === 'oauth' && auth.app === app);
      const report: Parameters<typeof reportPeople>[0]['report'] = (accounts) =>
        throughAny(tenants, async (tenant) => send(await signIn.accessToken(tenant), accounts));
      const deps = { store, now: clock.now, signal, report };
      // One app that is refused keeps no other from its duty.
      const done = await reportPeople(deps, { appTenants: tenants.map(({ id }) => id), allTenants }).catch(
        (error: unknown) => {
          log.error('The report of personal data failed', { detail: app, ...errorFields(error) });
          failed ??= error;
          return null;
        },
      );
      if (done === null) continue;
      await remember(context, house.store, app, done);
      rows.push([app, done.reported, done.closed, done.updated]);
    }
    context.stdout.write(
      formatRows({ columns: ['app', 'reported', 'closed', 'updated'], rows }, format, context.columns),
    );
    if (failed !== null) throw failed;
    return 0;
  },
});

/** Any consent to the app will do, as the report is the app's; a tenant whose grant is dead must not keep it from being made. */
async function throughAny<T>(
  tenants: readonly TenantSettings[],
  attempt: (tenant: TenantSettings) => Promise<T>,
): Promise<T> {
  let refusal: unknown = null;
  for (const tenant of tenants) {
    try {
      return await attempt(tenant);
    } catch (error) {
      if (!['report-refused', 'reauth-needed', 'seal-broken'].includes(asAuditError(error)?.code ?? '')) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

const remember = (
  { clock }: JobContext,
  store: Parameters<typeof reportPeople>[0]['store'],
  app: string,
  { reported, closed, updated }: PeopleReport,
): Promise<void> =>
  store.withTenant(FLEET, (tx) =>
    recordAct(tx, createActing(clock), { action: 'privacy', subject: app, detail: { reported, closed, updated } }),
  );
