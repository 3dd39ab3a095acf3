import type { CatalogueEntry } from '../src/domain/catalogue.ts';
import { matchesGlob } from '../src/domain/glob.ts';
import type { Mute } from '../src/domain/mute.ts';
import { crossCheck } from './cross-checks.ts';
import { type Env, type Environment, readEnvironment } from './environment.ts';
import { sharedBy, tenantLayers } from './file-layers.ts';
import type { Layer } from './layers.ts';
import { ownTenant } from './own-tenant.ts';
import { presetNames } from './presets.ts';
import { receiversOf } from './receivers.ts';
import { asRegistered, type RegisteredTenant, registrySource } from './registered.ts';
import type { Problem } from './problem.ts';
import { type ResolvedTenant, resolveTenant } from './resolve-tenant.ts';
import { type ConfigFile, fileSchema } from './schema.ts';
import type { TenantSettings } from './settings.ts';
import { readSources, type Source, type Sources } from './sources.ts';

/** Everything that is configured, checked and with each layer applied. Secrets only as references. */
export interface ResolvedConfig {
  readonly environment: Environment;
  /** The files it comes from, the main one first; none where the environment alone describes the tenant. */
  readonly files: readonly string[];
  /** The patterns by which the main file includes others. */
  readonly includes: readonly string[];
  /** Where relative paths of secrets start. */
  readonly folder: string;
  readonly tenants: readonly TenantSettings[];
  /** Ids of the tenants whose settings stand in the registry and not in a file. */
  readonly registered: ReadonlySet<string>;
  /** The same tenants with the layers that made them, for `config print`. */
  readonly resolved: readonly ResolvedTenant[];
  readonly apps: NonNullable<ConfigFile['apps']>;
  readonly mutes: NonNullable<ConfigFile['mutes']>;
  readonly notify: NonNullable<ConfigFile['notify']>;
  /** The most that any mode may do, whoever asks for it. */
  readonly modeCeiling: TenantSettings['mode'];
  /** What is worth a line at start, though nothing is wrong. */
  readonly notes: readonly string[];
}

export type LoadedConfig =
  | { readonly ok: true; readonly config: ResolvedConfig }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads environment and files, and puts the tenants of the registry beside them. Either all of it is valid, or every mistake in all of
 * it is reported at once.
 */
export function loadConfig({
  env,
  cwd,
  catalogue,
  registered,
}: {
  readonly env: Env;
  readonly cwd: string;
  readonly catalogue: readonly CatalogueEntry[];
  /** Absent where there is no registry to look into: then it is a mistake to configure nothing. */
  readonly registered?: readonly RegisteredTenant[] | undefined;
}): LoadedConfig {
  const schema = fileSchema({ catalogue, presets: presetNames() });
  const read = readEnvironment(env);
  const sources = readSources(env['AUDIT_CONFIG']?.trim() || null, { cwd, schema });
  const own = ownTenant(env);
  const fileHasTenants = hasTenants(sources);
  const registry = registrySource(registered ?? [], schema);
  const cross = crossCheck(
    [
      ...(sources?.files ?? []),
      ...(own.kind === 'tenant' && !fileHasTenants ? [alone(own.tenant)] : []),
      ...(registry.source === null ? [] : [registry.source]),
    ],
    catalogue.map(({ id }) => id),
  );

  const problems = [
    ...(read.ok ? [] : read.problems),
    ...(sources?.problems ?? []),
    ...registry.problems,
    ...cross.problems,
  ];
  const notes = [...(sources?.notes ?? []), ...cross.notes];
  if (own.kind === 'wrong' && !fileHasTenants) problems.push(...own.problems);
  if (own.kind !== 'none' && fileHasTenants) {
    notes.push(
      'CONFLUENCE_SITE, CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN are ignored, since the config file has tenants.',
    );
  }
  if (own.kind === 'none' && sources === null && registered === undefined) problems.push(NOTHING);
  const refuse = (found: readonly Problem[]): LoadedConfig => ({
    ok: false,
    problems: asRegistered(registered ?? [], found),
  });
  if (!read.ok || problems.length > 0) return refuse(problems);

  const files = (sources?.files ?? []).map(({ name, file }) => ({ name, file: file ?? {} }));
  const shared = sharedBy(files, catalogue);
  const written = own.kind === 'tenant' && !fileHasTenants ? [own.tenant] : files.flatMap(tenantLayers);
  const layers = [...written, ...registry.layers];
  const answers = layers.map((layer) => resolveTenant(layer, { catalogue, shared }));
  const misfits = answers.flatMap((answer) => answer.problems);
  if (misfits.length > 0) return refuse(unique(misfits));
  if (layers.length === 0) notes.push('No tenant is configured: nothing will be audited.');

  const resolved = answers.map(({ tenant }) => tenant);
  const mutes = files.flatMap(({ file }) => file.mutes ?? []);
  const notify = files.flatMap(({ file }) => file.notify ?? []);
  const config: ResolvedConfig = {
    environment: read.environment,
    files: files.map(({ name }) => name),
    includes: sources?.includes ?? [],
    folder: sources?.folder ?? cwd,
    tenants: resolved.map(({ settings }) => ({
      ...settings,
      mutes: mutesOf(settings.id, mutes),
      notify: receiversOf(notify, settings.id),
    })),
    registered: new Set(registry.layers.map(({ values }) => values['id'] as string)),
    resolved,
    apps: files.flatMap(({ file }) => file.apps ?? []),
    mutes,
    notify,
    modeCeiling: files.flatMap(({ file }) => file.ceilings?.mode ?? [])[0] ?? 'apply',
    notes,
  };
  return { ok: true, config };
}

/** Those that concern a tenant, with what they leave open spelt out. */
const mutesOf = (id: string, mutes: ResolvedConfig['mutes']): readonly Mute[] =>
  mutes
    .filter(({ tenant }) => tenant === undefined || matchesGlob(tenant, id))
    .map(({ rule = null, space = null, page = null, label = null, reason, by, expires }) => ({
      findingId: null,
      rule,
      space,
      page,
      label,
      reason,
      by,
      expires,
    }));

const NOTHING: Problem = {
  where: 'config/audit.yaml',
  message: 'does not exist, and CONFLUENCE_SITE is not set either',
  hint: 'set CONFLUENCE_SITE, CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN for one site, or copy config/audit.example.yaml to config/audit.yaml (AUDIT_CONFIG names another file)',
};

/** The tenant of the environment as a file would have it, to compare it with those of the registry. */
const alone = ({ name, values }: Layer): Source => ({ name, raw: { tenants: [values] }, file: null });

const hasTenants = (sources: Sources | null): boolean =>
  (sources?.files ?? []).some(({ raw }) => {
    const list = (raw as { tenants?: unknown } | null)?.tenants;
    return Array.isArray(list) && list.length > 0;
  });

const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];
