import { assign } from '../../config/assignments.ts';
import { invalidSettings } from '../../config/problem.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { type Settings, tenantRows } from '../../src/settings.ts';
import { AuditError } from '../../src/domain/errors.ts';
import type { JsonObject } from '../../src/domain/merge.ts';
import type { ExitCode } from '../../src/domain/outcome.ts';
import { openSignIn } from '../../src/exchange.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { sealToken } from '../../src/sign-in/token.ts';
import { recordAct } from '../../src/store/acts.ts';
import { putCredential } from '../../src/store/credentials.ts';
import type { Store } from '../../src/store/db.ts';
import { addRegistration, readRegistrations } from '../../src/store/registry.ts';
import { recordAccount } from '../../src/store/tenants.ts';
import type { JobContext } from '../define-job.ts';
import { findTenant } from './find-tenant.ts';
import { printChecks, proveTenant } from './prove-tenant.ts';
import { readToken } from './read-token.ts';
import { leftBehind, readSaved, settingsWith, withStore } from './registry.ts';
import { type Flags, type Verb, wrongWords } from './verb.ts';

/** Takes a tenant into the registry: checks its settings, tries its token, says what it can see, and only then stores both. */
export const add: Verb = {
  words: 'add ID --site URL --email ADDRESS [KEY=VALUE …]',
  about: 'takes a tenant in; its token is read from stdin, --secret-file or a prompt, tried, and stored sealed',
  takes: ['site', 'auth', 'email', 'app', 'expires', 'secret-file', 'format'],
  async run(context, flags, [id, ...assignments]) {
    if (id === undefined) throw wrongWords(this);
    const written = entryOf(id, flags, assignments);
    return withStore(context, (store) => take(context, store, { id, written, flags }));
  },
};

/** The tenant as a file would have it. */
function entryOf(
  id: string,
  { site, auth: type = 'basic', email, app, expires }: Flags,
  assignments: readonly string[],
): JsonObject {
  const given = { type, email, app, expires, ...(['basic', 'scoped', 'bearer'].includes(type) && { token: 'sealed' }) };
  const auth = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as JsonObject;
  const { settings, problems } = assign({ id, ...(site !== undefined && { site }), auth }, assignments);
  if (problems.length > 0) throw invalidSettings(problems);
  return settings;
}

async function take(
  context: JobContext,
  store: Store,
  { id, written, flags }: { readonly id: string; readonly written: JsonObject; readonly flags: Flags },
): Promise<ExitCode> {
  const registrations = await store.withFleet(readRegistrations);
  if (registrations.some(({ tenantId }) => tenantId === id)) {
    throw new AuditError(
      'arguments-invalid',
      `The tenant ${id} is in the registry already: \`tenants set\` changes it.`,
    );
  }
  const settings = await settingsWith(context, registrations, { id, settings: written });
  const tenant = findTenant(settings.config.tenants, id);
  const left = leftBehind(await readSaved(store), tenant);
  if (left !== null) {
    throw new AuditError(
      'arguments-invalid',
      `${left}: remove that with \`tenants remove ${id} --now\`, or use another id.`,
    );
  }
  const signIn = openSignIn(context, settings, store);
  const { auth } = tenant;
  const sealed = 'token' in auth && auth.token === 'sealed';
  // Before anybody is asked for a token.
  const vault = sealed ? await signIn.vault() : null;
  const token = sealed ? await readToken(context, `tenant ${id}`, flags['secret-file']) : null;
  const proof =
    auth.type === 'oauth' ? null : await proveTenant(context, { settings, store, signIn }, { tenant, token });
  const row = rowOf(settings, tenant);
  await store.withTenant(id, async (tx) => {
    await addRegistration(tx, { settings: written, tenant: row });
    if (vault !== null && token !== null) await putCredential(tx, sealToken(vault, tenant, token));
    if (proof !== null) await recordAccount(tx, proof.account);
    await recordAct(tx, createActing(context.clock), { action: 'tenant-add', subject: tenant.site });
  });
  context.log.info('The tenant is registered', { tenant: id, detail: tenant.site });
  if (proof === null) context.stdout.write(`Tenant ${id} is registered. Next: npm run tenants -- authorize ${id}\n`);
  else printChecks(context, proof.checks, flags.format);
  return 0;
}

/** What the database keeps of one tenant's settings. */
export function rowOf(settings: Settings, { id }: Pick<TenantSettings, 'id'>): ReturnType<typeof tenantRows>[number] {
  const row = tenantRows(settings).find(({ tenantId }) => tenantId === id);
  if (row === undefined) throw new Error(`There is no tenant ${id}.`);
  return row;
}
