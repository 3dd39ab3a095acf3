import type { z } from 'zod';
import type { Need, Rule } from '../domain/rule.ts';
import { bareScopes, COST_WIKI, type RuleCost, ruleCost } from './rule-costs.ts';

/** What the walk fetches for a need, in words. */
const FETCHED: Readonly<Record<Need, string>> = {
  body: 'bodies',
  links: 'bodies of exempt pages',
  labels: 'labels',
  restrictions: 'restrictions of pages and folders; permission checks where the account may ask',
  attachments: 'attachments',
  versions: 'older versions of runbooks whose newest does not set the clock',
  contributors: 'older versions of runbooks that may have one author, once',
  accounts: 'accounts',
  comments: 'inline comments',
  archive: 'the lists of archived and trashed pages',
  'space-permissions': 'permissions of spaces',
};

const HEAD = `# Rules

<!-- Made from the rules: \`vitest run test/report/rule-reference.test.ts -u\` writes it anew. -->

\`npm run rules -- list\` shows every rule that the configuration may name, which of them this version has, what each costs and which
scopes it takes; \`npm run rules -- show ID\` shows one. A rule is on where the configuration names it,
[presets](configuration.md#presets) included.

Every rule takes \`severity\` (\`critical\`, \`high\`, \`medium\`, \`low\`, \`info\`) beside its options. A result \`fail\` has the severity
of its rule, a \`warn\` one step less. \`error\` and \`skip\` are no findings: they stand in \`report.unjudged\` and leave a finding
that was open as it is.

[\`runbooks\`](configuration.md#settings) says which pages are runbooks; pages that \`exempt\` names are judged by no rule.`;

/** The reference of all rules as Markdown, made from nothing but the rules. */
export function ruleReference(rules: Iterable<Rule>): string {
  const all = [...rules].map((rule) => ({ rule, cost: ruleCost(rule) }));
  const rows = all.map(
    ({ rule: { id, severity, appliesTo }, cost }) =>
      `| [\`${id}\`](#${id}) | ${severity} | ${appliesTo} | ${cost.requests} | ${count(cost.points)} | ${codes(cost.scopes)} |`,
  );
  const cost = [
    `Requests and points are what the rule alone adds to a full audit of a wiki of ${COST_WIKI}; what several rules need is fetched once.`,
    'Requests for single pages (older versions, confirmations) come on top. A night that lists what changed asks for far less:',
    `[benchmarks.md](benchmarks.md#economy). Scopes come on top of those that every audit takes: ${codes(bareScopes())}.`,
  ].join(' ');
  return [
    HEAD,
    '',
    cost,
    '',
    '| rule | severity | judges | requests | points | scopes |',
    '|---|---|---|---|---|---|',
    ...rows,
    ...all.flatMap(({ rule, cost: its }) => ['', ...section(rule, its)]),
    '',
  ].join('\n');
}

function section(rule: Rule, cost: RuleCost): string[] {
  const fetched = ['the page lists', ...rule.needs.map((need) => FETCHED[need])].join('; ');
  const options = Object.entries((rule.options as z.ZodObject).shape) as [string, z.ZodType][];
  return [
    `## ${rule.id}`,
    '',
    `${rule.title}. Severity \`${rule.severity}\`; judges ${rule.appliesTo}.`,
    ...paragraphs(rule.explanation),
    '',
    `**Why.** ${rule.why}`,
    '',
    `**What to do.** ${rule.remediation}`,
    '',
    `**Reads** ${fetched}. Alone ${cost.requests} requests and ${count(cost.points)} points more${cost.scopes.length === 0 ? '' : `; scopes ${codes(cost.scopes)}`}.`,
    '',
    `**Example.** ${rule.example}`,
    ...(options.length === 0
      ? []
      : ['', '| option | default | meaning |', '|---|---|---|', ...options.map(([key, field]) => option(key, field))]),
  ];
}

/** List items stay together; everything else is a paragraph of its own. */
const paragraphs = (lines: readonly string[]): string[] =>
  lines.flatMap((line, index) => {
    const follows = line.startsWith('- ') && lines[index - 1]?.startsWith('- ') === true;
    return follows ? [line] : ['', line];
  });

function option(key: string, field: z.ZodType): string {
  const value = cell(`\`${JSON.stringify(field.parse(undefined))}\``);
  return `| \`${key}\` | ${value} | ${cell(field.description ?? '')} |`;
}

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const count = (points: number): string => points.toLocaleString('en-US');
