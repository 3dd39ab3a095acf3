import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AuditError } from '../../src/domain/errors.ts';
import { closest } from '../../src/domain/closest.ts';
import { scrub } from '../../src/runtime/scrub.ts';
import type { Flag, Job } from '../define-job.ts';
import { choice } from '../../src/domain/choice.ts';

/** What stands behind a flag; true for a switch. */
type Raw = string | true | undefined;

interface Given {
  readonly flags: Record<string, unknown>;
  readonly operands: unknown;
}

/** The words after a command as its validated flags and operands; the first mistake is an `arguments-invalid` naming it. */
export function parseFlags(job: Job, words: readonly string[]): Given {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(job.flags).map(([name, flag]) => [
        name,
        { type: flag.value === undefined ? 'boolean' : 'string' },
      ]),
    ),
    allowPositionals: true,
    // Its own messages name neither the nearest flag nor the command.
    strict: false,
    tokens: true,
  });

  const raw = new Map<string, string | true>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    if (raw.has(token.name)) throw refusal(`${token.rawName} is given twice; a list is written with commas.`);
    raw.set(token.name, givenValue(job, token));
  }
  const flags = Object.fromEntries(
    Object.entries(job.flags).map(([name, flag]) => [name, validated(`--${name}`, flag.schema, raw.get(name))]),
  );
  return { flags, operands: validatedOperands(job, operands) };
}

function givenValue(
  job: Job,
  {
    name,
    rawName,
    value,
    inlineValue,
  }: { name: string; rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): string | true {
  const flag = Object.hasOwn(job.flags, name) ? job.flags[name] : undefined;
  const reason = Object.hasOwn(job.refuses ?? {}, name) ? job.refuses?.[name] : undefined;
  if (reason !== undefined) throw refusal(`${job.name} takes no ${rawName}: ${reason}`);
  if (flag === undefined) throw refusal(`${job.name} has no flag ${rawName}${meant(name, Object.keys(job.flags))}`);
  if (flag.value === undefined) {
    if (value !== undefined) throw refusal(`${rawName} is a switch and takes no value.`);
    return true;
  }
  // `--tenant --full` forgot the value; `--tenant=--full` means it.
  if (value === undefined || value === '' || (inlineValue === false && value.startsWith('-')))
    throw refusal(`${rawName} needs a value: ${rawName} ${flag.value}.`);
  return value;
}

function validated(name: string, schema: Flag['schema'], value: Raw | readonly string[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (value === undefined) throw refusal(`${name} is missing.`);
  const given = typeof value === 'object' ? value.join(' ') : String(value);
  throw refusal(`${name} "${shown(given)}": ${issue === undefined ? 'is not valid.' : said(issue, given)}`);
}

/** zod lists the values of a choice in a notation of its own. */
function said(issue: z.core.$ZodIssue, given: string): string {
  if (issue.code !== 'invalid_value') return `${issue.message}.`;
  const values = issue.values.map(String);
  const nearest = closest(given, values);
  return `must be ${choice(values)}${nearest === null ? '.' : `; did you mean "${nearest}"?`}`;
}

function validatedOperands(job: Job, words: readonly string[]): unknown {
  const [first] = words;
  if (job.operands !== undefined) {
    const { names, schema } = job.operands;
    const wrongCount = schema.safeParse(words).error?.issues.find((issue) => issue.path.length === 0)?.code;
    if (wrongCount === 'too_small' || (wrongCount !== undefined && first === undefined))
      throw refusal(`${job.name} needs ${names}.`);
    if (wrongCount === 'too_big')
      throw refusal(`${job.name} takes ${names} and no more, but got "${shown(words.at(-1) ?? '')}".`);
    return validated(job.name, schema, words);
  }
  if (first === undefined) return [];
  throw refusal(
    `${job.name} takes no argument, but got "${shown(first)}"; npm passes flags on only after "--": npm run ${job.name} -- --help.`,
  );
}

const meant = (name: string, known: readonly string[]): string => {
  const nearest = closest(name, known);
  return nearest === null ? '.' : `; did you mean --${nearest}?`;
};

const shown = (text: string): string => scrub(text).slice(0, 60);

const refusal = (message: string): AuditError => new AuditError('arguments-invalid', message);
