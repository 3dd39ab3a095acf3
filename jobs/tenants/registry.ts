import { openDatabase } from '../../src/database.ts';
import { asRegisteredTenant, readSettings, type Settings } from '../../src/settings.ts';
import { loadRules } from '../../src/rules/load-rules.ts';
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { writtenTenants } from '../../config/places.ts';
import type { JsonObject } from '../../src/domain/merge.ts';
import { AuditError } from '../../src/domain/errors.ts';
import type { ExitCode } from '../../src/domain/outcome.ts';
import type { Store } from '../../src/store/db.ts';
import { readRegistrations, type Registration } from '../../src/store/registry.ts';
import { readTenants, type SavedTenant } from '../../src/store/tenants.ts';
import type { JobContext } from '../define-job.ts';
import { unknownTenant } from './find-tenant.ts';

/** The store for as long as the work takes. */
export async function withStore(context: JobContext, work: (store: Store) => Promise<ExitCode>): Promise<ExitCode> {
  const store = await openDatabase(context);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** All settings as they would be with this tenant in the registry, in place of the one of its id. Throws `config-invalid`. */
export async function settingsWith(
  context: JobContext,
  registrations: readonly Registration[],
  wanted: { readonly id: string; readonly settings: JsonObject },
): Promise<Settings> {
  const others = registrations.filter(({ tenantId }) => tenantId !== wanted.id).map(asRegisteredTenant);
  return readSettings(context, [...others, { settings: wanted.settings, place: `the tenant ${wanted.id}` }]);
}

/** The tenant in the registry. Throws where it stands in a file or nowhere. */
export async function findRegistered(context: JobContext, store: Store, id: string): Promise<Registration> {
  const registrations = await store.withFleet(readRegistrations);
  const found = registrations.find(({ tenantId }) => tenantId === id);
  if (found !== undefined) return found;
  const written = await readWritten(context);
  const file = written.get(id);
  if (file !== undefined) {
    throw new AuditError('arguments-invalid', `The settings of tenant ${id} stand in ${file}: change them there.`);
  }
  throw unknownTenant(id, [...registrations.map(({ tenantId }) => tenantId), ...written.keys()]);
}

/** Which file names which tenant, whatever else is wrong with the files. */
export async function readWritten({ environment: env, cwd }: JobContext): Promise<ReadonlyMap<string, string>> {
  return writtenTenants({ env, cwd, catalogue: ruleCatalogue((await loadRules()).values()) });
}

/** Why a tenant cannot take over what lies under its id; null where it can. */
export function leftBehind(
  saved: readonly SavedTenant[],
  { id, site }: { readonly id: string; readonly site: string },
): string | null {
  const before = saved.find(({ tenantId }) => tenantId === id);
  if (before === undefined || before.site === site) return null;
  return `the data of ${before.site} lies under the id ${id}`;
}

export const readSaved = (store: Store): Promise<readonly SavedTenant[]> => store.withFleet(readTenants);
