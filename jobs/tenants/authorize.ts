import type { TenantSettings } from '../../config/settings.ts';
import { neededBy, shapeOf } from '../../src/audit/needed-by.ts';
import { neededEndpoints, scopesOf } from '../../src/confluence/needed-endpoints.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { openSignIn } from '../../src/exchange.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import type { JobContext } from '../define-job.ts';
import { findTenant } from './find-tenant.ts';
import { readLine } from './read-line.ts';
import { onlyWord, type Verb } from './verb.ts';

/** Asks for the consent of a tenant that signs in through an OAuth app, and stores the grant sealed. */
export const authorize: Verb = {
  words: 'authorize ID',
  about: 'prints the address at which to consent and reads the one to which the browser is sent back',
  takes: [],
  async run(context, _flags, words) {
    const id = onlyWord(this, words);
    const { openHouse } = await import('../../src/app.ts');
    await using house = await openHouse(context);
    const { settings, store } = house;
    const tenant = findTenant(settings.config.tenants, id);
    const { needs } = neededBy(tenant, settings.rules);
    const scopes = scopesOf(neededEndpoints(shapeOf(tenant, needs)));
    const { consent } = openSignIn(context, settings, store);
    const { url, finish } = await consent.begin(tenant, scopes);
    const redirected = await ask(context, tenant, url);
    const granted = await finish(redirected, context.signal);
    const act = { action: 'tenant-authorize', subject: granted.site, detail: { scopes: scopes.join(' ') } } as const;
    await store.withTenant(tenant.id, (tx) => recordAct(tx, createActing(context.clock), act));
    context.stdout.write(`Tenant ${tenant.id} may use ${granted.site}. The grant is stored sealed.\n`);
    return 0;
  },
};

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
