import { z } from 'zod';
import { presetNames, readPreset } from '../config/presets.ts';
import { type CatalogueEntry, ruleCatalogue } from '../src/domain/catalogue.ts';
import { AuditError } from '../src/domain/errors.ts';
import { MEASURE, packCost } from '../src/domain/pack-cost.ts';
import { closest } from '../src/domain/closest.ts';
import type { Rule } from '../src/domain/rule.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import { loadRules } from '../src/rules/load-rules.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'rules',
  summary: 'Lists the rules, or shows one.',
  examples: ['npm run rules -- list', 'npm run rules -- show stale-runbook'],
  flags: {
    format: {
      value: FORMAT_NAMES.join('|'),
      about: 'How to print the list.',
      schema: z.enum(FORMAT_NAMES).default('table'),
    },
  },
  operands: {
    names: 'list | show ID',
    about: 'What to do.',
    schema: z.union([z.tuple([z.literal('list')]), z.tuple([z.literal('show'), z.string()])], {
      error: 'must be `list` or `show ID`',
    }),
  },
  async run(context, { format }, [verb, id = '']) {
    const rules = await loadRules();
    const catalogue = ruleCatalogue(rules.values());
    if (verb === 'list') {
      const rows = catalogue.map((entry) => [
        entry.id,
        entry.severity,
        rules.get(entry.id)?.title ?? null,
        entry.implemented ? 'yes' : 'not yet',
      ]);
      context.stdout.write(
        formatRows({ columns: ['rule_id', 'severity', 'title', 'available'], rows }, format, context.columns),
      );
      if (format === 'table') context.stdout.write(packs(rules, catalogue));
      return 0;
    }
    const rule = rules.get(id);
    if (rule === undefined) {
      if (catalogue.some((entry) => entry.id === id))
        throw new AuditError('not-yet', `The rule ${id} is not in this version.`);
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

/** What the packs of rules cost, for whoever chooses one. */
function packs(rules: ReadonlyMap<string, Rule>, catalogue: readonly CatalogueEntry[]): string {
  const lines = presetNames().map((name) => {
    const chosen = Object.keys(readPreset(name, catalogue)['rules'] as object);
    const { requests, points } = packCost([...rules.values()].filter(({ id }) => chosen.includes(id)));
    return `  preset:${name}: ${requests} requests, ${points.toLocaleString('en-US')} points`;
  });
  const { spaces, pagesPerSpace } = MEASURE;
  return [
    `\nA full audit of ${(spaces * pagesPerSpace).toLocaleString('en-US')} pages takes about:`,
    ...lines,
    '',
  ].join('\n');
}

const describe = (rule: Rule): string =>
  [
    `${rule.id} (${rule.severity}; judges ${rule.appliesTo})`,
    '',
    `${rule.title}.`,
    rule.why,
    '',
    `What to do: ${rule.remediation}`,
    `Reads:      ${(rule.appliesTo === 'tenants' ? ['the settings'] : ['page lists', ...rule.needs]).join(', ')}`,
    `Options:    ${optionsOf(rule)}`,
    '',
  ].join('\n');

function optionsOf(rule: Rule): string {
  const defaults = rule.options.safeParse({});
  return defaults.success && Object.keys(defaults.data as object).length > 0 ? JSON.stringify(defaults.data) : 'none';
}
