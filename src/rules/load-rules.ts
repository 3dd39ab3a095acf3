import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuditError } from '../domain/errors.ts';
import type { Rule } from '../domain/rule.ts';

/**
 * Every rule of the folder by its id, in the order of the ids. The folder is the list: each file in it is one rule that is
 * called like its id, or nothing is loaded at all.
 */
export async function loadRules(folder: string = import.meta.dirname): Promise<ReadonlyMap<string, Rule>> {
  const files = (await readdir(folder)).filter((file) => file !== basename(import.meta.filename)).toSorted();
  const rules = await Promise.all(files.map((file) => loadRule(folder, file)));
  return new Map(rules.map((rule) => [rule.id, rule]));
}

async function loadRule(folder: string, file: string): Promise<Rule> {
  if (!file.endsWith('.ts')) throw refused(file, 'is no TypeScript file');
  const { default: rule } = (await import(pathToFileURL(join(folder, file)).href)) as { default?: unknown };
  if (!isRule(rule)) throw refused(file, 'has no rule as its default export');
  const expected = basename(file, '.ts');
  if (rule.id !== expected) throw refused(file, `holds the rule ${rule.id}; its id must be ${expected}`);
  return rule;
}

function isRule(value: unknown): value is Rule {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
  return 'kind' in value && (value.kind === 'page' || value.kind === 'set' || value.kind === 'tenant');
}

const refused = (file: string, why: string): AuditError => new AuditError('rule-invalid', `src/rules/${file} ${why}.`);
