import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import type { Env } from './environment.ts';
import type { ResolvedConfig } from './load.ts';
import { ownTenant } from './own-tenant.ts';
import { presetNames } from './presets.ts';
import { fileSchema } from './schema.ts';
import { readSources } from './sources.ts';

/** Where the tenants come from, in words. */
export function placesOf({
  files,
  registered,
  tenants,
}: Pick<ResolvedConfig, 'files' | 'registered' | 'tenants'>): string {
  const own = files.length === 0 && tenants.length > registered.size ? ['the environment'] : files;
  return [...own, ...(registered.size === 0 ? [] : ['the registry'])].join(', ') || 'nowhere';
}

/** The files that name a tenant, or the environment, by its id; also where they hold mistakes, so that nothing hides a tenant. */
export function writtenTenants({
  env,
  cwd,
  catalogue,
}: {
  readonly env: Env;
  readonly cwd: string;
  readonly catalogue: readonly CatalogueEntry[];
}): ReadonlyMap<string, string> {
  const schema = fileSchema({ catalogue, presets: presetNames() });
  const sources = readSources(env['AUDIT_CONFIG']?.trim() || null, { cwd, schema });
  const inFiles = (sources?.files ?? []).flatMap(({ name, raw }) => {
    const { tenants } = raw as { readonly tenants?: unknown };
    return (Array.isArray(tenants) ? tenants : []).flatMap((tenant: unknown) => {
      const id = (tenant as { readonly id?: unknown } | null)?.id;
      return typeof id === 'string' ? [[id, name] as const] : [];
    });
  });
  const own = ownTenant(env);
  if (inFiles.length > 0 || own.kind !== 'tenant') return new Map(inFiles);
  return new Map([[own.tenant.values['id'] as string, 'the environment (CONFLUENCE_SITE)']]);
}
