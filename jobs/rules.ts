import { z } from 'zod';
import { readCustomRules } from '../config/custom-rules.ts';
import { presetNames, readPreset } from '../config/presets.ts';
import { invalidSettings } from '../config/problem.ts';
import { type CatalogueEntry, ruleCatalogue } from '../src/domain/catalogue.ts';
import { AuditError } from '../src/domain/errors.ts';
import { packCost } from '../src/domain/pack-cost.ts';
import { closest } from '../src/domain/closest.ts';
import type { Rule } from '../src/domain/rule.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import { COST_WIKI, ruleCost } from '../src/report/rule-costs.ts';
import { loadRules } from '../src/rules/load-rules.ts';
import { defineJob } from './define-job.ts';
import { commaList } from './flags/comma-list.ts';

export default defineJob({
  name: 'rules',
  summary: 'Lists the rules, shows one, or tries one that does not count yet.',
  examples: [
    'npm run rules -- list',
    'npm run rules -- show stale-runbook',
    'npm run rules -- test config/rules/no-rollback.yaml --tenant acme',
  ],
  flags: {
    tenant: { value: 'ID,ID', about: 'With test: on the pages of these tenants.', schema: commaList.optional() },
    format: {
      value: FORMAT_NAMES.join('|'),
      about: 'How to print the list.',
      schema: z.enum(FORMAT_NAMES).default('table'),
    },
  },
  operands: {
    names: 'list | show ID | test FILE',
    about: 'What to do.',
    schema: z.union([z.tuple([z.literal('list')]), z.tuple([z.enum(['show', 'test']), z.string()])], {
      error: 'must be `list`, `show ID` or `test FILE`',
    }),
  },
  async run(context, { format, tenant }, [verb, id = '']) {
    if (verb === 'test') {
      context.stdout.write(
        formatRows(await (await import('./rules/try-file.ts')).tryFile(context, id, tenant), format, context.columns),
      );
      return 0;
    }
    const custom = readCustomRules({ env: context.environment, cwd: context.cwd });
    if (custom.problems.length > 0) throw invalidSettings(custom.problems);
    const rules = new Map([...(await loadRules()), ...custom.rules.map((rule) => [rule.id, rule] as const)]);
    const catalogue = ruleCatalogue(rules.values());
    if (verb === 'list') {
      const rows = catalogue.map((entry) => rowOf(entry, rules.get(entry.id)));
      context.stdout.write(formatRows({ columns: COLUMNS, rows }, format, context.columns));
      if (format === 'table') context.stdout.write(packs(rules, catalogue));
      return 0;
    }
    const rule = rules.get(id);
    if (rule === undefined) {
      const nearest = closest(id, [...rules.keys()]);
      throw new AuditError(
        'arguments-invalid',
        `There is no rule "${id.slice(0, 60)}"${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
      );
    }
    context.stdout.write(describe(rule));
    return 0;
  },
});

const COLUMNS = ['rule_id', 'severity', 'title', 'available', 'requests', 'points', 'scopes'];

/** Requests and points are what a rule alone adds to a full audit of the wiki of the measure. */
function rowOf({ id, severity, implemented }: CatalogueEntry, rule: Rule | undefined) {
  const known = [id, severity, rule?.title ?? null, implemented ? 'yes' : 'not yet'];
  if (rule === undefined) return [...known, null, null, null];
  const { requests, points, scopes } = ruleCost(rule);
  return [...known, requests, points, scopes.join(' ')];
}

/** What the packs of rules cost, for whoever chooses one. */
function packs(rules: ReadonlyMap<string, Rule>, catalogue: readonly CatalogueEntry[]): string {
  const lines = presetNames().map((name) => {
    const chosen = Object.keys(readPreset(name, catalogue)['rules'] as object);
    const { requests, points } = packCost([...rules.values()].filter(({ id }) => chosen.includes(id)));
    return `  preset:${name}: ${requests} requests, ${points.toLocaleString('en-US')} points`;
  });
  return [`\nA full audit of ${COST_WIKI} takes about:`, ...lines, ''].join('\n');
}

function describe(rule: Rule): string {
  const { requests, points, scopes } = ruleCost(rule);
  return [
    `${rule.id} (${rule.severity}; judges ${rule.appliesTo})`,
    '',
    `${rule.title}.`,
    ...rule.explanation,
    '',
    `Why:        ${rule.why}`,
    `What to do: ${rule.remediation}`,
    `Reads:      ${(rule.appliesTo === 'tenants' ? ['the settings'] : ['page lists', ...rule.needs]).join(', ')}`,
    `Cost:       ${requests} requests and ${points.toLocaleString('en-US')} points more in a full audit of ${COST_WIKI}`,
    `Scopes:     ${scopes.length === 0 ? 'those of every audit' : `those of every audit, ${scopes.join(', ')}`}`,
    `Options:    ${optionsOf(rule)}`,
    ...(rule.example === '' ? [] : [`Example:    ${rule.example}`]),
    '',
  ].join('\n');
}

function optionsOf(rule: Rule): string {
  const defaults = rule.options.safeParse({});
  return defaults.success && Object.keys(defaults.data as object).length > 0 ? JSON.stringify(defaults.data) : 'none';
}
