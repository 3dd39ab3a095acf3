import { invalidSettings, type Problem } from '../../config/problem.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { asRegisteredTenant, readFileSettings, type Settings, tenantRows, trySettings } from '../../src/settings.ts';
import type { Acting } from '../../src/domain/act.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { openSignIn } from '../../src/exchange.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { sealToken } from '../../src/sign-in/token.ts';
import { recordAct } from '../../src/store/acts.ts';
import { putCredential } from '../../src/store/credentials.ts';
import type { Store } from '../../src/store/db.ts';
import { addRegistration, readRegistrations } from '../../src/store/registry.ts';
import type { JobContext } from '../define-job.ts';
import { type ImportLine, readLines } from './read-lines.ts';
import { leftBehind, readSaved, withStore } from './registry.ts';
import { refusal, type Verb, wrongWords } from './verb.ts';

/** Takes many tenants in from stdin: all of them, or after every mistake was told none. */
export const importMany: Verb = {
  words: 'import < FILE',
  about: 'takes tenants in from stdin, one as JSON a line; a "secret" in the line is sealed',
  takes: [],
  async run(context, _flags, words) {
    if (words.length > 0) throw wrongWords(this);
    await readFileSettings(context);
    const { lines, problems } = await readLines(context.stdin, context.signal);
    if (context.signal.aborted) throw new AuditError('interrupted', 'Nothing was imported.');
    if (lines.length === 0 && problems.length === 0) throw refusal('No tenants came on stdin.');
    return withStore(context, async (store) => {
      const { settings, tenants } = await checked(context, store, { lines, problems });
      const vault = await vaultFor(context, { settings, store, lines });
      await save(store, { settings, tenants, vault, acting: createActing(context.clock) });
      context.stdout.write(`${lines.length} tenants are registered. Next: npm run tenants -- verify\n`);
      return 0;
    });
  },
};

type Taken = ReadonlyMap<string, { readonly line: ImportLine; readonly tenant: TenantSettings }>;

/** All lines with the settings that they come to. Throws `config-invalid` with every mistake of every line. */
async function checked(
  context: JobContext,
  store: Store,
  read: { readonly lines: readonly ImportLine[]; readonly problems: readonly Problem[] },
): Promise<{ readonly settings: Settings; readonly tenants: Taken }> {
  const { lines } = read;
  const registrations = (await store.withFleet(readRegistrations)).map(asRegisteredTenant);
  const wanted = lines.map(({ settings, number }) => ({ settings, place: `line ${number}` }));
  const settings = await trySettings(context, [...registrations, ...wanted]);
  const problems = [...read.problems, ...(Array.isArray(settings) ? settings : [])];
  if (Array.isArray(settings) || problems.length > 0) throw invalidSettings(problems);
  const saved = await readSaved(store);
  const byId = new Map(settings.config.tenants.map((tenant) => [tenant.id, tenant]));
  const tenants: Taken = new Map(
    lines.map((line) => {
      const tenant = byId.get(line.settings['id'] as string) as TenantSettings;
      const left = leftBehind(saved, tenant);
      if (left !== null) {
        const hint = `remove that with \`tenants remove ${tenant.id} --now\`, or use another id`;
        problems.push({ where: `line ${line.number}`, message: `cannot be taken in: ${left}`, hint });
      }
      return [tenant.id, { line, tenant }];
    }),
  );
  if (problems.length > 0) throw invalidSettings(problems);
  return { settings, tenants };
}

type Vault = Awaited<ReturnType<ReturnType<typeof openSignIn>['vault']>>;

/** Null where no line brings a token; then no key is needed. */
async function vaultFor(
  context: JobContext,
  {
    settings,
    store,
    lines,
  }: { readonly settings: Settings; readonly store: Store; readonly lines: readonly ImportLine[] },
): Promise<Vault | null> {
  return lines.some(({ token }) => token !== null) ? openSignIn(context, settings, store).vault() : null;
}

/** In one transaction, so that nothing is half imported; in the order of the ids, so that two imports cannot wait for each other. */
async function save(
  store: Store,
  {
    settings,
    tenants,
    vault,
    acting,
  }: {
    readonly settings: Settings;
    readonly tenants: Taken;
    readonly vault: Vault | null;
    readonly acting: Acting;
  },
): Promise<void> {
  const rows = new Map(tenantRows(settings).map((row) => [row.tenantId, row]));
  await store.withTenants([...tenants.keys()].toSorted(), async (tx) => {
    const { line, tenant } = tenants.get(tx.tenantId) as { line: ImportLine; tenant: TenantSettings };
    await addRegistration(tx, {
      settings: line.settings,
      tenant: rows.get(tx.tenantId) as ReturnType<typeof tenantRows>[number],
    });
    if (vault !== null && line.token !== null) await putCredential(tx, sealToken(vault, tenant, line.token));
    await recordAct(tx, acting, { action: 'tenant-import', subject: tenant.site });
  });
}
