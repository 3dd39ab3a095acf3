import { closest } from '../src/domain/closest.ts';
import { anyMatch } from '../src/domain/scope.ts';
import { type Problem, placeOf } from './problem.ts';
import { REGISTRY } from './registered.ts';
import { siteOrigin } from './site.ts';
import type { Source } from './sources.ts';

/** An entry of a list in one of the files, valid or not. */
interface Entry {
  readonly file: string;
  readonly where: (...path: PropertyKey[]) => string;
  readonly at: (...path: PropertyKey[]) => unknown;
}

/** Mistakes that only show between entries and files. Read from the raw data, so that other mistakes do not hide them. */
export function crossCheck(
  files: readonly Source[],
  ruleIds: readonly string[],
): {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
} {
  const tenants = entries(files, 'tenants');
  const written = tenants.filter(({ file }) => file !== REGISTRY);
  const registered = tenants.filter(({ file }) => file === REGISTRY);
  const apps = entries(files, 'apps');
  const problems = [
    ...repeated(tenants, ['id'], (tenant) => text(tenant.at('id')), 'give each tenant an id of its own'),
    ...repeated(apps, ['id'], (app) => text(app.at('id')), 'give each app an id of its own'),
    ...repeated(written, ['site'], accountOf, 'one tenant per site and account; merge the two, or use another account'),
    ...repeated(
      entries(files, 'notify'),
      ['name'],
      (receiver) => text(receiver.at('name')) ?? text(receiver.at('type')),
      'give each receiver a name of its own; without one its type is its name',
    ),
    ...claimed(written, registered),
    ...unknownApps(tenants, apps),
  ];
  const tenantIds = tenants.flatMap((tenant) => text(tenant.at('id')) ?? []);
  const notes = [
    ...entries(files, 'overrides').flatMap((entry) => idle(entry, ['match', 'tenants'], tenantIds)),
    ...entries(files, 'notify').flatMap((entry) => idle(entry, ['tenants'], tenantIds)),
    ...entries(files, 'actions').flatMap((entry) => idle(entry, ['match', 'rule'], ruleIds)),
    ...entries(files, 'mutes').flatMap((entry) => idle(entry, ['rule'], ruleIds)),
  ];
  return { problems, notes };
}

const OWN_SITE =
  'the settings of a site live in one place: take it out of the file, or `npm run tenants -- remove ID` takes it out of the registry';

/** Sites of the registry that stand elsewhere too, whatever the account: it is most often the same customer twice. */
function claimed(written: readonly Entry[], registered: readonly Entry[]): Problem[] {
  const inFiles = new Map(
    written.flatMap((entry) => {
      const origin = originOf(entry);
      return origin === null ? [] : [[origin, entry] as const];
    }),
  );
  const clashes = registered.flatMap((entry) => {
    const before = inFiles.get(originOf(entry) ?? '');
    const message = `is the same as ${before?.where('site')}`;
    return before === undefined ? [] : { where: entry.where('site'), message, hint: OWN_SITE };
  });
  return [...clashes, ...repeated(registered, ['site'], originOf, 'each site is registered once')];
}

/** Patterns that cover nothing that is there: no mistake for sure, but most often a slip. */
function idle(entry: Entry, path: readonly PropertyKey[], known: readonly string[]): string[] {
  const patterns = [entry.at(...path)].flat().flatMap((pattern) => text(pattern) ?? []);
  const unused = patterns.filter((pattern) => !anyMatch([pattern], known));
  return unused.map((pattern) => `${entry.where(...path)}: nothing is called ${pattern}.`);
}

function entries(files: readonly Source[], list: string): Entry[] {
  return files.flatMap(({ name, raw }) => {
    const items = step(raw, list);
    return (Array.isArray(items) ? items : []).map((item: unknown, index) => ({
      file: name,
      where: (...path: PropertyKey[]) => placeOf(name, [list, index, ...path]),
      at: (...path: PropertyKey[]) => path.reduce(step, item),
    }));
  });
}

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

function repeated(
  list: readonly Entry[],
  path: PropertyKey[],
  keyOf: (entry: Entry) => string | null,
  hint: string,
): Problem[] {
  const first = new Map<string, Entry>();
  return list.flatMap((entry) => {
    const key = keyOf(entry);
    if (key === null) return [];
    const before = first.get(key);
    if (before !== undefined)
      return { where: entry.where(...path), message: `is the same as ${before.where(...path)}`, hint };
    first.set(key, entry);
    return [];
  });
}

/** Site and account of a tenant as one key: two audits as one account would write into each other's labels. */
function accountOf(tenant: Entry): string | null {
  const origin = originOf(tenant);
  if (origin === null) return null;
  const email = text(tenant.at('auth', 'email'))?.toLowerCase();
  const account = email ?? tenant.at('auth', 'app') ?? tenant.at('auth', 'token');
  return account === undefined || account === 'sealed' ? null : JSON.stringify([origin, account]);
}

function originOf(tenant: Entry): string | null {
  const site = text(tenant.at('site'));
  const address = site === null ? null : siteOrigin(site);
  return address !== null && 'origin' in address ? address.origin : null;
}

function unknownApps(tenants: readonly Entry[], apps: readonly Entry[]): Problem[] {
  const known = apps.flatMap((app) => text(app.at('id')) ?? []);
  return tenants.flatMap((tenant) => {
    const id = text(tenant.at('auth', 'app'));
    if (id === null || known.includes(id)) return [];
    const meant = closest(id, known);
    const hint = meant === null ? 'add an entry with this id to apps' : `did you mean ${meant}?`;
    return { where: tenant.where('auth', 'app'), message: 'names no entry of apps', hint };
  });
}
