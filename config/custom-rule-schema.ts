import { z } from 'zod';
import { compilePattern } from '../src/domain/pattern.ts';
import { SEVERITIES } from '../src/domain/severity.ts';
import { positive, someWords, word } from './fields.ts';
import { refusal } from './refusal.ts';

const HINT = 'the syntax is that of RE2, https://github.com/google/re2/wiki/Syntax';
const pattern = z
  .string()
  .min(1)
  .transform((source, context) => {
    const compiled = compilePattern(source);
    if ('why' in compiled)
      context.issues.push({ code: 'custom', message: refusal(compiled.why, HINT), input: undefined });
    return source;
  });
const sentence = z.string().trim().min(1).max(1_000);

const property = z
  .strictObject({
    name: word,
    value: pattern.optional().describe('What its value must look like; anything by default.'),
  })
  .describe('A row of a table whose first cell is this name, or a line "name: value".');

const date = z
  .strictObject({
    property: word.optional().describe('The property that names the day.'),
    label: word.optional().describe('The beginning of a label that ends in a day, as drilled- in drilled-2027-03-31.'),
    maxAgeDays: positive.optional().describe('Holds where the day is at most so many days ago.'),
    passed: z.literal(true).optional().describe('Holds where the day is over.'),
  })
  .check(({ value, issues }) => {
    const only = (kinds: readonly (keyof typeof value)[], hint: string): void => {
      if (kinds.filter((kind) => value[kind] !== undefined).length === 1) return;
      issues.push({
        code: 'custom',
        message: refusal(`must have exactly one of ${kinds.join(' and ')}`, hint),
        input: undefined,
      });
    };
    only(['property', 'label'], 'say where the day stands');
    only(['maxAgeDays', 'passed'], 'say how old the day may be, or passed: true');
  });

const KINDS = ['heading', 'text', 'label', 'property', 'date'] as const;

const condition = z
  .strictObject({
    name: sentence.optional().describe('What the finding calls it.'),
    heading: pattern.optional(),
    text: pattern.optional().describe('Searched in all text of the page, code included.'),
    label: word.optional().describe('* and ? are wildcards.'),
    property: property.optional(),
    date: date.optional(),
  })
  .check(({ value, issues }) => {
    if (KINDS.filter((kind) => value[kind] !== undefined).length === 1) return;
    const message = refusal('must say exactly one thing', `write one of ${KINDS.join(', ')} in each entry`);
    issues.push({ code: 'custom', message, input: undefined });
  });

const PLACES = new Set(['missing', 'found', 'title', 'space']);
const reason = sentence
  .refine((text) => text.endsWith('.'), refusal('is no full sentence', 'end it with a period'))
  .refine(
    (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name]) => PLACES.has(name ?? '')),
    refusal('has a place that nothing can fill', 'possible are {missing}, {found}, {title} and {space}'),
  );

/** One file of rules/: what a page must have, what it must not have, and what is said about it. */
export const customRuleSchema = z
  .strictObject({
    title: sentence.describe('The heading of its findings.'),
    why: sentence.describe('Why a reader should care.'),
    severity: z.enum(SEVERITIES).default('medium'),
    remediation: sentence.describe('What to do about a finding.'),
    appliesTo: z.enum(['runbooks', 'pages']).default('pages'),
    match: z
      .strictObject({ spaces: someWords.optional(), labels: someWords.optional(), titles: someWords.optional() })
      .optional()
      .describe('Which pages it is for; two keys mean both, a list means any, * and ? are wildcards.'),
    require: z.array(condition).min(1).max(50).optional(),
    forbid: z.array(condition).min(1).max(50).optional(),
    reason: reason.optional().describe('The sentence of a finding.'),
  })
  .check(({ value, issues }) => {
    if (value.require !== undefined || value.forbid !== undefined) return;
    const message = refusal(
      'asks for nothing',
      'write what pages must have under require, or must not have under forbid',
    );
    issues.push({ code: 'custom', message, input: undefined });
  });
