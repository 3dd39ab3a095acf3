import type { TenantSettings } from '../../config/settings.ts';
import { readAllSettings } from '../../src/settings.ts';
import { asAuditError } from '../../src/domain/errors.ts';
import { worstExit } from '../../src/domain/outcome.ts';
import { type Check, failed } from '../../src/doctor/check.ts';
import { openSignIn } from '../../src/exchange.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { recordAccount, syncTenants } from '../../src/store/tenants.ts';
import { tenantRows } from '../../src/settings.ts';
import { findTenant } from './find-tenant.ts';
import { printChecks, proveTenant } from './prove-tenant.ts';
import { withStore } from './registry.ts';
import type { Verb } from './verb.ts';

/** Tenants looked at together; each is another site. */
const AT_ONCE = 8;

/** Tries the credential of tenants and says what it can see; one that fails keeps nobody from being looked at. */
export const verify: Verb = {
  words: 'verify [ID …]',
  about: 'tries credentials, those of all enabled tenants where none is named, and says what they can see',
  takes: ['format'],
  async run(context, { format }, ids) {
    return withStore(context, async (store) => {
      const settings = await readAllSettings(context, store);
      const { tenants } = settings.config;
      const chosen =
        ids.length === 0 ? tenants.filter(({ enabled }) => enabled) : ids.map((id) => findTenant(tenants, id));
      await syncTenants(store, tenantRows(settings));
      const signIn = openSignIn(context, settings, store);
      const one = async (tenant: TenantSettings): Promise<readonly Check[]> => {
        try {
          const { account, checks } = await proveTenant(context, { settings, store, signIn }, { tenant, token: null });
          await store.withTenant(tenant.id, async (tx) => {
            await recordAccount(tx, account);
            await recordAct(tx, createActing(context.clock), { action: 'tenant-verify' });
          });
          return checks;
        } catch (error) {
          const known = asAuditError(error);
          if (known === null || known.code === 'interrupted') throw error;
          return [failed({ tenant: tenant.id, check: 'credential' }, known)];
        }
      };
      const checks: Check[] = [];
      for (let start = 0; start < chosen.length; start += AT_ONCE) {
        checks.push(...(await Promise.all(chosen.slice(start, start + AT_ONCE).map(one))).flat());
      }
      printChecks(context, checks, format);
      return worstExit(checks.map(({ exit }) => exit));
    });
  },
};
