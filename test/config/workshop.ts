import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Env } from '../../config/environment.ts';
import { type LoadedConfig, loadConfig, type ResolvedConfig } from '../../config/load.ts';
import type { Problem } from '../../config/problem.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { type CatalogueEntry, ruleCatalogue } from '../../src/domain/catalogue.ts';
import { defineRule } from '../../src/domain/rule.ts';

const rule = (id: string, options: z.ZodType) =>
  defineRule({
    id,
    title: id,
    why: 'For the test.',
    severity: 'high',
    remediation: 'None.',
    explanation: [],
    example: '',
    appliesTo: 'pages',
    options,
    needs: [],
    check: () => [],
  });

/** All rule ids, two of them with the options that real rules have. */
export const catalogue: readonly CatalogueEntry[] = ruleCatalogue([
  rule(
    'stale-runbook',
    z.strictObject({
      warnDays: z.int().positive().default(90),
      failDays: z.int().positive().default(180),
      ignoreAuthors: z.array(z.string().min(1)).default([]),
      minorEdits: z.enum(['ignore', 'count']).default('ignore'),
    }),
  ),
  rule(
    'oversize-attachment',
    z
      .strictObject({ file: z.number().default(25), page: z.number().default(200) })
      .refine(({ file, page }) => file <= page, 'a file is larger than its page'),
  ),
]);

/** A folder with these files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'audit-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export function load(files: string | Readonly<Record<string, string>>, env: Env = {}): LoadedConfig {
  const cwd = folderWith(typeof files === 'string' ? { 'config/audit.yaml': files } : files);
  return loadConfig({ env, cwd, catalogue });
}

/** The config, or a test failure that shows the problems. */
export function loaded(...input: Parameters<typeof load>): ResolvedConfig {
  const answer = load(...input);
  if (!answer.ok) throw new Error(answer.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  return answer.config;
}

export function problemsOf(...input: Parameters<typeof load>): readonly Problem[] {
  const answer = load(...input);
  return answer.ok ? [] : answer.problems;
}

export function tenantOf(config: ResolvedConfig, id = 'acme'): TenantSettings {
  const tenant = config.tenants.find((candidate) => candidate.id === id);
  if (tenant === undefined) throw new Error(`There is no tenant ${id}.`);
  return tenant;
}

export const ACME = `
tenants:
  - id: acme
    site: https://acme.atlassian.net
    tags: { tier: gold, team: ops }
    auth: { type: basic, email: bot@acme.example, token: { env: ACME_TOKEN } }
`;
