import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { type Condition, type CustomRule, customRule } from '../src/domain/custom-rule.ts';
import type { PageRule } from '../src/domain/rule.ts';
import { RULE_IDS } from '../src/domain/rule-ids.ts';
import { customRuleSchema } from './custom-rule-schema.ts';
import type { Env } from './environment.ts';
import { explain } from './explain.ts';
import type { Problem } from './problem.ts';
import { readYamlFile } from './yaml-file.ts';

const MAX_RULES = 200;

export interface CustomRules {
  readonly rules: readonly PageRule[];
  readonly problems: readonly Problem[];
  /** Changes whenever one of the files does. */
  readonly fingerprint: string;
}

/** The rules of the folder `rules` beside the config file, in the order of their ids; every mistake in every file at once. */
export function readCustomRules({ env, cwd }: { readonly env: Env; readonly cwd: string }): CustomRules {
  const config = resolve(cwd, env['AUDIT_CONFIG']?.trim() || join('config', 'audit.yaml'));
  const folder = join(dirname(config), 'rules');
  if (!existsSync(folder)) return { rules: [], problems: [], fingerprint: '' };
  const files = readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted();
  if (files.length > MAX_RULES) {
    const hint = `at most ${MAX_RULES} files; one rule can ask for many things`;
    return { rules: [], problems: [{ where: folder, message: 'holds too many rules', hint }], fingerprint: '' };
  }
  const read = files.map((file) => readCustomRule(join(folder, file), cwd));
  const texts = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(folder, file));
    texts.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return {
    fingerprint: texts.digest('hex'),
    rules: read.flatMap((answer) => ('rule' in answer ? [answer.rule] : [])),
    problems: read.flatMap((answer) => ('problems' in answer ? answer.problems : [])),
  };
}

/** The rule that one file describes; it is called like its file. */
export function readCustomRule(
  path: string,
  cwd: string,
): { readonly rule: PageRule } | { readonly problems: readonly Problem[] } {
  const near = relative(cwd, path);
  const name = near === '' || near.startsWith('..') ? path : near;
  const id = basename(path).replace(/\.ya?ml$/, '');
  const named = nameProblem(id, name);
  if (named !== null) return { problems: [named] };
  const content = readYamlFile(path, name);
  if ('problem' in content) return { problems: [content.problem] };
  const answer = customRuleSchema.safeParse(content.data);
  if (!answer.success)
    return { problems: explain(answer.error.issues, { file: name, data: content.data, schema: customRuleSchema }) };
  return { rule: customRule(described(id, answer.data)) };
}

function nameProblem(id: string, where: string): Problem | null {
  if (id in RULE_IDS) {
    return { where, message: 'has the name of a rule of this program', hint: 'call the file otherwise' };
  }
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 64) return null;
  const hint = 'use lower-case letters, digits and hyphens, at most 64, as in no-rollback.yaml';
  return { where, message: 'cannot be the name of a rule', hint };
}

const described = (
  id: string,
  { match, require, forbid, reason, ...given }: z.output<typeof customRuleSchema>,
): CustomRule => ({
  ...given,
  id,
  match: { spaces: match?.spaces ?? [], labels: match?.labels ?? [], titles: match?.titles ?? [] },
  require: (require ?? []).map(conditionOf),
  forbid: (forbid ?? []).map(conditionOf),
  reason: reason ?? null,
});

function conditionOf(given: NonNullable<z.output<typeof customRuleSchema>['require']>[number]): Condition {
  const name = given.name ?? null;
  if (given.heading !== undefined) return { name, heading: given.heading };
  if (given.text !== undefined) return { name, text: given.text };
  if (given.label !== undefined) return { name, label: given.label };
  if (given.property !== undefined)
    return { name, property: { name: given.property.name, value: given.property.value ?? null } };
  const { property, label, maxAgeDays } = given.date ?? {};
  return { name, date: { property: property ?? null, label: label ?? null, maxAgeDays: maxAgeDays ?? null } };
}
