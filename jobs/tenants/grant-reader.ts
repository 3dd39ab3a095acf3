import { environmentOf } from '../../src/settings.ts';
import { FLEET } from '../../src/domain/act.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { grantReader } from '../../src/store/reader-grants.ts';
import { unknownTenant } from './find-tenant.ts';
import { readSaved, withStore } from './registry.ts';
import { onlyWord, refusal, type Verb } from './verb.ts';

/** Maps a database role to the tenants whose reports it may read. */
export const grant: Verb = {
  words: 'grant-reader ROLE --tenant ID,ID | --all [--revoke]',
  about: 'lets a database role read the reports of these tenants, or not any more',
  takes: ['tenant', 'all', 'revoke'],
  async run(context, { tenant, all, revoke = false }, words) {
    const role = onlyWord(this, words);
    if ((tenant === undefined) === (all === undefined)) throw refusal('Say --tenant ID,ID or --all, one of the two.');
    const { databaseUrl, databaseAdminUrl } = environmentOf(context);
    if (databaseUrl === null) throw refusal('The embedded database has no other logins: set DATABASE_URL to a server.');
    return withStore(context, async (store) => {
      const known = (await readSaved(store)).map(({ tenantId }) => tenantId);
      for (const id of tenant ?? []) if (!known.includes(id)) throw unknownTenant(id, known);
      for (const tenantId of tenant ?? [null]) {
        await grantReader(databaseAdminUrl ?? databaseUrl, { role, tenantId, revoke });
        const act = { action: 'reader-grant', subject: role, detail: { revoke } } as const;
        await store.withTenant(tenantId ?? FLEET, (tx) => recordAct(tx, createActing(context.clock), act));
      }
      const what = tenant === undefined ? 'every tenant' : tenant.join(', ');
      context.stdout.write(`${role} ${revoke ? 'may no longer read' : 'may read'} the reports of ${what}.\n`);
      return 0;
    });
  },
};
