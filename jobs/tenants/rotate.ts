import { assign } from '../../config/assignments.ts';
import { readAllSettings } from '../../src/settings.ts';
import type { JsonObject } from '../../src/domain/merge.ts';
import { openSignIn } from '../../src/exchange.ts';
import { sealToken } from '../../src/sign-in/token.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { putCredential } from '../../src/store/credentials.ts';
import { changeRegistration, readRegistrations, type Registration } from '../../src/store/registry.ts';
import { recordAccount } from '../../src/store/tenants.ts';
import { rowOf } from './add.ts';
import { findTenant } from './find-tenant.ts';
import { printChecks, proveTenant } from './prove-tenant.ts';
import { readToken } from './read-token.ts';
import { settingsWith, withStore } from './registry.ts';
import { refusal, type Verb, onlyWord } from './verb.ts';

/** Replaces the sealed token of a tenant, after the new one has proved to be the same account's on the same site. */
export const rotate: Verb = {
  words: 'rotate ID',
  about:
    'replaces the sealed token, once the new one is tried; the old one may be revoked when running audits have ended',
  takes: ['secret-file', 'expires', 'format'],
  async run(context, flags, words) {
    const id = onlyWord(this, words);
    return withStore(context, async (store) => {
      const registrations = await store.withFleet(readRegistrations);
      const before = registrations.find(({ tenantId }) => tenantId === id);
      const written = before === undefined ? null : renewed(before, flags.expires);
      const settings =
        written === null
          ? await readAllSettings(context, store)
          : await settingsWith(context, registrations, { id, settings: written });
      const tenant = findTenant(settings.config.tenants, id);
      const { auth } = tenant;
      if (!('token' in auth)) {
        const how =
          auth.type === 'oauth'
            ? `\`tenants authorize ${id}\` asks for a new grant`
            : `its app ${auth.app} has the secret`;
        throw refusal(`Tenant ${id} signs in with ${auth.type}: ${how}.`);
      }
      if (written === null && auth.token !== 'sealed') {
        throw refusal(`The token of tenant ${id} is not sealed: replace it where the settings say that it lies.`);
      }
      if (written === null && flags.expires !== undefined) {
        throw refusal(`The settings of tenant ${id} stand in a file: write auth.expires there.`);
      }
      const signIn = openSignIn(context, settings, store);
      const vault = await signIn.vault();
      const token = await readToken(context, `tenant ${id}`, flags['secret-file']);
      const proof = await proveTenant(context, { settings, store, signIn }, { tenant, token });
      const row = rowOf(settings, tenant);
      await store.withTenant(id, async (tx) => {
        if (before !== undefined && written !== null) {
          const change = { before: before.settings, settings: written, tenant: row };
          if (!(await changeRegistration(tx, change)))
            throw refusal(`Somebody else has changed the tenant ${id} meanwhile.`);
        }
        await putCredential(tx, sealToken(vault, tenant, token));
        await recordAccount(tx, proof.account);
        await recordAct(tx, createActing(context.clock), { action: 'tenant-rotate' });
      });
      context.log.info('The token is replaced; revoke the old one when running audits have ended', { tenant: id });
      printChecks(context, proof.checks, flags.format);
      return 0;
    });
  },
};

/** From now on the token is the sealed one, wherever it lay before. */
function renewed({ settings }: Registration, expires: string | undefined): JsonObject {
  const before = settings as JsonObject;
  const { auth } = before as { readonly auth: JsonObject };
  if (!('token' in auth)) return before;
  const changes = ['auth.token=sealed', ...(expires === undefined ? [] : [`auth.expires=${expires}`])];
  return assign(before, changes).settings;
}
