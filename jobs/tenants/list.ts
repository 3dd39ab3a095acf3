import { formatRows } from '../../src/report/formats.ts';
import { readSeals } from '../../src/store/credentials.ts';
import { readRegistrations } from '../../src/store/registry.ts';
import { readSaved, readWritten, withStore } from './registry.ts';
import { type Verb, wrongWords } from './verb.ts';

const COLUMNS = [
  'tenant_id',
  'site',
  'lives_in',
  'enabled',
  'auth_type',
  'sealed_with',
  'token_expires_at',
  'account',
  'next_run_at',
  'deleted_after',
];

/** Every tenant that is known, with where its settings stand; also where the settings hold mistakes. */
export const list: Verb = {
  words: 'list',
  about: 'shows every tenant, where its settings stand, and which key sealed its credential',
  takes: ['format'],
  async run(context, { format = 'table' }, words) {
    if (words.length > 0) throw wrongWords(this);
    return withStore(context, async (store) => {
      const written = await readWritten(context);
      const registered = new Set((await store.withFleet(readRegistrations)).map(({ tenantId }) => tenantId));
      const seals = new Map((await store.withFleet(readSeals)).map(({ tenantId, keyId }) => [tenantId, keyId]));
      const saved = await readSaved(store);
      const home = (id: string): string => (registered.has(id) ? 'registry' : (written.get(id) ?? 'nowhere any more'));
      const known = saved.map((tenant) => [
        tenant.tenantId,
        tenant.site,
        home(tenant.tenantId),
        tenant.enabled,
        tenant.authType,
        seals.get(tenant.tenantId) ?? null,
        tenant.tokenExpiresAt?.slice(0, 10) ?? null,
        tenant.accountName,
        tenant.nextRunAt,
        tenant.deleteAfter,
      ]);
      // A file that no command has read since it names them.
      const fresh = [...written.keys()].filter((id) => !saved.some(({ tenantId }) => tenantId === id));
      const rows = [...known, ...fresh.map((id) => [id, null, home(id), ...COLUMNS.slice(3).map(() => null)])];
      context.stdout.write(formatRows({ columns: COLUMNS, rows }, format, context.columns));
      return 0;
    });
  },
};
