import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AuditError } from '../../src/domain/errors.ts';
import { type DemoWorld, demoWorlds } from '../../src/simulator/seed.ts';
import { startSite } from '../../src/simulator/server.ts';

const PREFIX = 'docaudit-';

/** What a kept demo remembers of its sites: when they were made, where they listen, and what the audits wrote to them. */
const state = z.object({
  madeAt: z.iso.datetime(),
  ports: z.record(z.string(), z.number()),
  labels: z.record(z.string(), z.array(z.object({ pageId: z.string(), name: z.string() }))),
});
type State = z.output<typeof state>;

export interface DemoSites extends AsyncDisposable {
  /** Points the settings to the demo's own config and database, with the tokens in variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many pages carry a label of the audit now, for people. */
  labelLine(): string;
}

/** Starts the simulated sites; in a folder that was used before they are as the last demo left them. */
export async function openDemoSites(folder: string, now: Date): Promise<DemoSites> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'sites.json');
  const kept = await readState(file);
  const worlds = demoWorlds({ now: new Date(kept?.madeAt ?? now) });
  for (const demo of worlds) {
    for (const { pageId, name } of kept?.labels[demo.id] ?? [])
      demo.world.addLabel(pageId, name, demo.crew.audit.accountId);
  }
  const sites = await Promise.all(worlds.map((demo) => open(demo, kept?.ports[demo.id], folder)));
  const config = join(folder, 'audit.yaml');
  await writeFile(config, demoConfig(worlds.map((demo, index) => ({ demo, url: sites[index]?.url ?? '' }))));
  const save = () => {
    const entries = worlds.map((demo, index) => ({ demo, port: Number(new URL(sites[index]?.url ?? '').port) }));
    const saved: State = {
      madeAt: kept?.madeAt ?? now.toISOString(),
      ports: Object.fromEntries(entries.map(({ demo, port }) => [demo.id, port])),
      labels: Object.fromEntries(worlds.map((demo) => [demo.id, writtenLabels(demo)])),
    };
    return writeFile(file, JSON.stringify(saved));
  };
  return {
    environment: {
      AUDIT_CONFIG: config,
      AUDIT_DATA_DIR: join(folder, 'database'),
      DATABASE_URL: '',
      DATABASE_URL_FILE: '',
      ...Object.fromEntries(worlds.map((demo) => [variableOf(demo), demo.token])),
    },
    labelLine: () => {
      const counts = worlds.map((demo) => `${demo.id} ${writtenLabels(demo).length}`);
      return `Pages on the sites that carry a label of the audit: ${counts.join(', ')}.`;
    },
    [Symbol.asyncDispose]: async () => {
      await save();
      await Promise.all(sites.map((site) => site.close()));
    },
  };
}

async function readState(file: string): Promise<State | null> {
  try {
    return state.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AuditError(
      'arguments-invalid',
      `--keep: ${file} is not what a demo leaves behind; name an empty directory.`,
      { cause: error },
    );
  }
}

async function open({ world }: DemoWorld, port: number | undefined, folder: string) {
  try {
    return await startSite({ world, ...(port === undefined ? {} : { port }) });
  } catch (error) {
    throw new AuditError(
      'arguments-invalid',
      `--keep ${folder}: port ${port} of this demo is taken; is the same demo running?`,
      { cause: error },
    );
  }
}

/** The labels that the audit's own account put on pages. */
const writtenLabels = ({ world, crew }: DemoWorld): { pageId: string; name: string }[] =>
  [...world.contents.values()].flatMap((content) =>
    [...content.labels.values()].flatMap(({ name, by }) =>
      by === crew.audit.accountId && name.startsWith(PREFIX) ? [{ pageId: content.id, name }] : [],
    ),
  );

const variableOf = ({ id }: DemoWorld): string => `DEMO_TOKEN_${id.toUpperCase()}`;

// JSON is YAML too.
const demoConfig = (tenants: readonly { readonly demo: DemoWorld; readonly url: string }[]): string =>
  JSON.stringify({
    version: 1,
    rules: { 'duplicate-title': {}, 'review-date-passed': {}, 'incomplete-markers': {}, 'empty-escalation': {} },
    defaults: { readers: { onCallGroups: ['sre-oncall'] }, limits: { share: 1, writesPercent: 100 } },
    tenants: tenants.map(({ demo, url }) => ({
      id: demo.id,
      site: url,
      auth: { type: 'basic', email: demo.email, token: { env: variableOf(demo) } },
    })),
  });
