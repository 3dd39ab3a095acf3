import { isDeepStrictEqual } from 'node:util';
import { assign } from '../../config/assignments.ts';
import { invalidSettings } from '../../config/problem.ts';
import { AuditError } from '../../src/domain/errors.ts';
import type { JsonObject } from '../../src/domain/merge.ts';
import { openSignIn } from '../../src/exchange.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { dropCredential } from '../../src/store/credentials.ts';
import { changeRegistration, readRegistrations } from '../../src/store/registry.ts';
import { recordAccount } from '../../src/store/tenants.ts';
import { rowOf } from './add.ts';
import { findTenant } from './find-tenant.ts';
import { printChecks, proveTenant } from './prove-tenant.ts';
import { findRegistered, settingsWith, withStore } from './registry.ts';
import { refusal, type Verb, wrongWords } from './verb.ts';

/** What secrets are sealed for, and what data lies under; another one is another tenant. */
const FIXED = ['id', 'site'];

/** Changes settings of a tenant of the registry; a change of how it signs in is tried first. */
export const set: Verb = {
  words: 'set ID KEY=VALUE …',
  about: 'changes settings, as in mode=apply or tags.tier=gold; KEY=null lets what lies below hold again',
  takes: ['format'],
  async run(context, flags, [id, ...assignments]) {
    if (id === undefined || assignments.length === 0) throw wrongWords(this);
    const fixed = assignments.find((text) => FIXED.includes(text.split('=')[0] ?? ''));
    if (fixed !== undefined) {
      throw refusal(`${fixed.split('=')[0]} cannot be changed: remove the tenant and add it as a new one.`);
    }
    return withStore(context, async (store) => {
      const before = await findRegistered(context, store, id);
      const { settings: written, problems } = assign(before.settings as JsonObject, assignments);
      if (problems.length > 0) throw invalidSettings(problems);
      const registrations = await store.withFleet(readRegistrations);
      const settings = await settingsWith(context, registrations, { id, settings: written });
      const tenant = findTenant(settings.config.tenants, id);
      const { auth } = tenant;
      const tried = signInChanged(before.settings, written) && auth.type !== 'oauth';
      const signIn = openSignIn(context, settings, store);
      const proof = tried ? await proveTenant(context, { settings, store, signIn }, { tenant, token: null }) : null;
      const change = { before: before.settings, settings: written, tenant: rowOf(settings, tenant) };
      await store.withTenant(id, async (tx) => {
        if (!(await changeRegistration(tx, change))) {
          throw new AuditError(
            'arguments-invalid',
            `Somebody else has changed the tenant ${id} meanwhile: look, and try again.`,
          );
        }
        // A secret lies in one place.
        if ('token' in auth && auth.token !== 'sealed') await dropCredential(tx);
        if (proof !== null) await recordAccount(tx, proof.account);
        // Names only: a value may be an address.
        const keys = assignments.map((text) => text.split('=')[0]).join(',');
        await recordAct(tx, createActing(context.clock), { action: 'tenant-set', detail: { keys } });
      });
      context.log.info('The settings of the tenant are changed', { tenant: id });
      if (proof !== null) printChecks(context, proof.checks, flags.format);
      else context.stdout.write(`Tenant ${id} is changed.\n`);
      return 0;
    });
  },
};

const signInChanged = (before: Readonly<Record<string, unknown>>, after: JsonObject): boolean =>
  !isDeepStrictEqual(signInOf(before), signInOf(after));

/** The day on which a token ends decides nothing. */
const signInOf = ({ auth }: { readonly auth?: unknown }): object => ({ ...(auth as object), expires: null });
