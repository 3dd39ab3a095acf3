import { z } from 'zod';
import { chooseTenants } from '../config/choose-tenants.ts';
import type { TenantSettings } from '../config/settings.ts';
import { openHouse, readSettings } from '../src/app.ts';
import { openSignIn } from '../src/exchange.ts';
import { neededBy, shapeOf } from '../src/audit/needed-by.ts';
import { neededEndpoints, scopesOf } from '../src/confluence/needed-endpoints.ts';
import { AuditError } from '../src/domain/errors.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import { defineJob, type JobContext } from './define-job.ts';
import { readLine } from './tenants/read-line.ts';

export default defineJob({
  name: 'tenants',
  summary: 'Asks for the consent of a tenant that signs in through an OAuth app, and stores the grant sealed.',
  examples: ['npm run tenants -- authorize acme'],
  flags: {},
  operands: {
    names: 'authorize ID',
    about: 'Prints the address at which to consent and reads the one to which the browser is sent back.',
    schema: z.tuple([z.literal('authorize'), z.string().min(1)], {
      error: 'must be `authorize` and the id of a tenant',
    }),
  },
  async run(context, _flags, [, id]) {
    const settings = await readSettings(context);
    const [tenant] = chooseTenants(settings.config.tenants, { ids: [id], tag: undefined });
    if (tenant === undefined) throw new AuditError('tenant-unknown', `There is no tenant ${id}.`);
    const { needs } = neededBy(tenant, settings.rules);
    const scopes = scopesOf(neededEndpoints(shapeOf(tenant, needs)));
    await using house = await openHouse(context, settings);
    const { consent } = openSignIn(context, settings, house.store);
    const { url, finish } = await consent.begin(tenant, scopes);
    const redirected = await ask(context, tenant, url);
    const granted = await finish(redirected, context.signal);
    const act = { action: 'tenant-authorize', subject: granted.site, detail: { scopes: scopes.join(' ') } } as const;
    await house.store.withTenant(tenant.id, (tx) => recordAct(tx, createActing(context.clock), act));
    context.stdout.write(`Tenant ${tenant.id} may use ${granted.site}. The grant is stored sealed.\n`);
    return 0;
  },
});

async function ask(
  { stdout, stdin, signal, log }: JobContext,
  { id, site }: TenantSettings,
  url: string,
): Promise<string> {
  stdout.write(`${url}\n`);
  log.info('Open the address above as somebody who may use the site, consent, and paste the address you are sent to', {
    tenant: id,
    detail: site,
  });
  const line = await readLine(stdin, signal);
  if (line !== null) return line;
  if (signal.aborted) throw new AuditError('interrupted', 'Nothing was stored.');
  throw new AuditError('arguments-invalid', 'No address came on stdin; nothing was stored.');
}
