import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { parse } from 'yaml';
import { ENDPOINTS } from '../src/confluence/endpoints.ts';
import { type AuditShape, neededEndpoints, scopesOf } from '../src/confluence/needed-endpoints.ts';
import { WRITE_ENDPOINTS } from '../src/confluence/write-endpoints.ts';
import { loadRules } from '../src/rules/load-rules.ts';
import { REPORT_VIEWS } from '../src/store/report-views.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const PAGES = ['README.md', 'CHANGELOG.md', 'src/README.md'].concat(
  [
    'alerts',
    'benchmarks',
    'capacity',
    'chaos',
    'configuration',
    'confluence',
    'custom-rules',
    'deployment',
    'mcp',
    'operations',
    'reports',
    'rules',
    'security',
    'tenants',
    'views',
  ].map((name) => `docs/${name}.md`),
);

/** Words that stand in code marks, alone or in a longer piece of code. */
const codeWords = (text: string): Set<string> =>
  new Set([...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => code?.match(/[\w-]+/g) ?? []));

const schema = JSON.parse(read('config/audit.schema.json')) as { definitions: Record<string, unknown> };

/** Every key that the published schema of the config knows; what stands under `rules` belongs to the rules. */
function keysOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(keysOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'definitions') return [];
    if (name === '$ref') return keysOf(schema.definitions[String(value).replace('#/definitions/', '')]);
    if (name !== 'properties') return keysOf(value);
    return Object.entries(value as object).flatMap(([key, below]: [string, unknown]) =>
      key === 'rules' ? [key] : [key, ...keysOf(below)],
    );
  });
}

const named = (pattern: RegExp, text: string) => new Set([...text.matchAll(pattern)].map(([, name]) => name));

test('every key of the config is explained', () => {
  const keys = new Set(keysOf(schema));
  expect(keys).toContain('writesPercent');
  expect([...keys].filter((key) => !codeWords(read('docs/configuration.md')).has(key))).toEqual([]);
});

test('every rule is explained with its options and their defaults', async () => {
  const page = read('docs/rules.md');
  for (const { id, severity, options } of (await loadRules()).values()) {
    expect(page).toMatch(new RegExp(`^\\| \\[\`${id}\`\\]\\(#${id}\\) \\| ${severity}`, 'm'));
    const section = page.split(`\n## ${id}\n`)[1]?.split('\n## ')[0] ?? '';
    const shape = Object.keys((options as z.ZodObject).shape);
    expect([...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)).toEqual(shape);
  }
});

test('every view is explained', () => {
  const table = read('docs/reports.md').split('\n## Views\n')[1]?.split('\n## ')[0] ?? '';
  expect(named(/^\| `(\w+)` \|/gm, table)).toEqual(new Set(REPORT_VIEWS));
});

test('every call is listed with its scope', () => {
  const page = read('docs/confluence.md');
  const missing = Object.values(ENDPOINTS).filter(
    ({ method, template, scope }) =>
      !page.split('\n').some((line) => line.includes(`\`${method} ${template}\``) && line.includes(`\`${scope}\``)),
  );
  expect(missing).toEqual([]);
});

const NONE = { property: false, status: false };

test('the scopes of each rule pack are those of the calls that its rules need', async () => {
  const rules = await loadRules();
  const rows = [...read('docs/confluence.md').matchAll(/^\| (every audit|`[^`|]+`) \| (`[^|]*:[^|]*`) \|$/gm)];
  const told = new Map(rows.map(([, what, scopes]) => [what, scopes?.match(/[\w:.-]{3,}/g)?.toSorted()]));
  const least: AuditShape = { needs: new Set(), mode: 'plan', groups: false, blogPosts: false, attestedBy: NONE };
  const every = scopesOf(neededEndpoints(least));
  const more = (shape: Partial<AuditShape>) =>
    scopesOf(neededEndpoints({ ...least, ...shape })).filter((scope) => !every.includes(scope));
  const pack = (name: string) => {
    const preset = parse(read(`config/presets/${name}.yaml`)) as { rules: object };
    return more({ needs: new Set(Object.keys(preset.rules).flatMap((id) => rules.get(id)?.needs ?? [])) });
  };
  const packs = ['runbook-essential', 'access', 'hygiene', 'all'].map(
    (name) => [`\`preset:${name}\``, pack(name)] as const,
  );
  expect(told).toEqual(
    new Map([
      ['every audit', every],
      ...packs,
      ['`readers.onCallGroups`', more({ groups: true })],
      ['`stale-runbook.statuses`', more({ attestedBy: { ...NONE, status: true } })],
      ['`mode: apply`', more({ mode: 'apply' })],
    ]),
  );
  expect(more({ blogPosts: true, attestedBy: { ...NONE, property: true } })).toEqual([]);
});

test('the scopes of each kind of write are those of its calls', () => {
  const rows = [...read('docs/confluence.md').matchAll(/^\| write `(\w+)` \| ([^|]+) \|$/gm)];
  const least: AuditShape = { needs: new Set(), mode: 'plan', groups: false, blogPosts: false, attestedBy: NONE };
  const every = scopesOf(neededEndpoints(least));
  const told = rows.map(([, kind, scopes]) => [kind, scopes?.match(/[\w:.-]{3,}/g)?.toSorted()]);
  const taken = Object.entries(WRITE_ENDPOINTS).map(([kind, endpoints]) => [
    kind,
    scopesOf(endpoints).filter((scope) => !every.includes(scope)),
  ]);
  expect(told).toEqual(taken);
  const asked = scopesOf(neededEndpoints({ ...least, mode: 'apply', writes: ['comment', 'trash'] }));
  expect(asked.filter((scope) => !every.includes(scope))).toEqual(
    scopesOf([...WRITE_ENDPOINTS.comment, ...WRITE_ENDPOINTS.trash]).filter((scope) => !every.includes(scope)),
  );
});

test('every reason and exit code is explained', () => {
  const page = read('docs/operations.md');
  const source = read('src/domain/outcome.ts').split('export type Reason =')[1]?.split(';')[0] ?? '';
  const reasons = [...source.matchAll(/'([a-z-]+)'/g)].map(([, reason]) => reason ?? '');
  expect(reasons).toContain('visibility-lost');
  expect(reasons.filter((reason) => !codeWords(page).has(reason))).toEqual([]);
  for (const text of [page, read('README.md')]) {
    expect([...text.matchAll(/^\| (\d[\d, ]*) \|/gm)].map(([, codes]) => codes).join(', ')).toBe(
      '0, 1, 2, 3, 4, 5, 6, 7, 130, 143',
    );
  }
});

test.each(PAGES)('the links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link]) => link ?? '');
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? new URL(path, root) : new URL(file, new URL(path, root));
    if (!existsSync(target)) return true;
    const headings = readFileSync(target, 'utf8').match(/^#+ .+$/gm) ?? [];
    return anchor !== undefined && !headings.map(anchorOf).includes(anchor);
  });
  expect(broken).toEqual([]);
});

/** As GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
