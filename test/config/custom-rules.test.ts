import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCustomRules } from '../../config/custom-rules.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custom-rules-'));
  mkdirSync(join(folder, 'config', 'rules'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, 'config', 'rules', name), text);
const read = () => readCustomRules({ env: {}, cwd: folder });
const told = () => read().problems.map(({ where, message, hint }) => `${where} ${message}: ${hint}`);

const HEAD = 'title: No way back\nwhy: Somebody has to undo it.\nremediation: Write it.\n';
const GOOD = `${HEAD}require:\n  - { heading: "(?i)rollback" }\n`;

it('reads every file of the folder as a rule that is called like it', () => {
  write('no-rollback.yaml', GOOD);
  write('drilled.yml', `${HEAD}appliesTo: runbooks\nrequire:\n  - { date: { label: drilled-, maxAgeDays: 90 } }\n`);
  write('notes.txt', 'not a rule');
  const { rules, problems } = read();
  expect(problems).toEqual([]);
  expect(rules).toMatchObject([
    { id: 'drilled', appliesTo: 'runbooks', needs: ['labels'], severity: 'medium' },
    { id: 'no-rollback', appliesTo: 'pages', needs: ['body'], probes: [] },
  ]);
});

it('finds the folder beside the config file that the environment names, and needs none', () => {
  write('no-rollback.yaml', GOOD);
  expect(readCustomRules({ env: { AUDIT_CONFIG: 'config/acme.yaml' }, cwd: folder }).rules).toHaveLength(1);
  expect(readCustomRules({ env: { AUDIT_CONFIG: 'elsewhere/acme.yaml' }, cwd: folder }).rules).toEqual([]);
});

it.each<[string, string, RegExp]>([
  ['stale-runbook.yaml', GOOD, /has the name of a rule of this program/],
  ['No Rollback.yaml', GOOD, /cannot be the name of a rule/],
  ['a.yaml', `${GOOD}remedy: x\n`, /remedy is not a key that is known here: .*remediation/],
  ['a.yaml', HEAD, /asks for nothing: write what pages must have under require/],
  ['a.yaml', `${HEAD}require: []\n`, /require has too few entries/],
  ['a.yaml', `${HEAD}require:\n  - { text: "(a+)+(?!b)" }\n`, /require\[0\]\.text is no pattern .* RE2/],
  ['a.yaml', `${HEAD}require:\n  - { text: "(?:ab?){900}" }\n`, /require\[0\]\.text repeats too much/],
  [
    'a.yaml',
    `${HEAD}require:\n  - { text: "${'a'.repeat(400)}" }\n`,
    /require\[0\]\.text is longer than 300 characters/,
  ],
  ['a.yaml', `${HEAD}require:\n  - { text: a, label: b }\n`, /require\[0\] must say exactly one thing/],
  [
    'a.yaml',
    `${HEAD}forbid:\n  - { date: { property: Due } }\n`,
    /date must have exactly one of maxAgeDays and passed/,
  ],
  ['a.yaml', `${GOOD}reason: "There is no {mising}."\n`, /reason has a place that nothing can fill/],
  ['a.yaml', `${GOOD}severity: grave\n`, /severity is not one of the possible values/],
  ['a.yaml', 'title: [', /^config.rules.a\.yaml:1:9 /],
])('refuses %s (%#)', (name, text, problem) => {
  write(name, text);
  expect(told()).toEqual([expect.stringMatching(problem)]);
  expect(read().rules).toEqual([]);
});

it('takes the example of the documents', () => {
  const page = readFileSync(new URL('../../docs/custom-rules.md', import.meta.url), 'utf8');
  const [, example = ''] = page.split('```yaml\n');
  write('no-rollback.yaml', example.split('```')[0] ?? '');
  expect(told()).toEqual([]);
  const [rule] = read().rules;
  expect(rule?.options.parse({ maxAgeDays: 30 })).toEqual({ maxAgeDays: 30 });
});

it('changes its fingerprint with its files', () => {
  const before = read().fingerprint;
  write('no-rollback.yaml', GOOD);
  const after = read().fingerprint;
  expect(after).not.toBe(before);
  expect(read().fingerprint).toBe(after);
});
