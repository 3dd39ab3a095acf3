import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import type { Rule } from '../domain/rule.ts';
import { SEVERITIES, rank } from '../domain/severity.ts';
import type { ReportReader, Where } from '../store/report-reader.ts';
import { REPORT_VIEWS, type ReportView } from '../store/report-views.ts';
import { parseCursor, printCursor } from './cursor.ts';

export interface ToolDeps {
  readonly reader: ReportReader;
  readonly rules: ReadonlyMap<string, Rule>;
}

interface Tool<Shape extends z.ZodRawShape> {
  readonly title: string;
  readonly description: string;
  readonly input: Shape;
  run(deps: ToolDeps, input: z.output<z.ZodObject<Shape>>): Promise<object>;
}

/** A tool whatever it takes; the server checks what it is given against `input`. */
export type AnyTool = Tool<z.ZodRawShape>;

// A method's parameters are compared loosely, so each tool keeps its own types.
const tool = <Shape extends z.ZodRawShape>(given: Tool<Shape>): AnyTool => given;

const word = z.string().trim().min(1).max(1_000);
const tenant = word.optional().describe('Only this tenant; tenant_health lists their ids.');
const limit = z.int().min(1).max(200).default(50).describe('So many rows at most.');
const cursor = word.optional().describe('The next_cursor of the answer before.');

/** Everything that the server offers: reading, and nothing but the report views. */
export const TOOLS: Readonly<Record<string, AnyTool>> = {
  list_findings: tool({
    title: 'List open findings',
    description: 'What is wrong in the documentation now, worst first: findings that are open and not muted.',
    input: {
      tenant,
      rule: word.optional().describe('Only findings of this rule, as in stale-runbook.'),
      severity: z.enum(SEVERITIES).optional().describe('Only findings of this severity or worse.'),
      space: word.optional().describe('Only this space, by its key.'),
      owner: word.optional().describe('Only pages of this owner, by account id.'),
      limit,
      cursor,
    },
    run: ({ reader }, { severity, ...asked }) =>
      page(reader, 'open_findings', asked, {
        ...only('tenant_id', asked.tenant),
        ...only('rule_id', asked.rule),
        ...only('space_key', asked.space),
        ...only('owner_account_id', asked.owner),
        ...(severity === undefined ? {} : { severity: SEVERITIES.filter((each) => rank(each) <= rank(severity)) }),
      }),
  }),
  explain_finding: tool({
    title: 'Explain a finding',
    description: 'One finding with its evidence and history, why its rule exists and what to do about it.',
    input: { finding_id: word.describe('As other tools tell it.') },
    run: explain,
  }),
  owner_worklist: tool({
    title: 'Worklist of an owner',
    description: 'Open findings on the pages of each owner, worst first; without an owner they stand under null.',
    input: { tenant, owner: word.optional().describe('Only this owner, by account id.'), limit, cursor },
    run: ({ reader }, asked) =>
      page(reader, 'owner_worklist', asked, {
        ...only('tenant_id', asked.tenant),
        ...only('owner_account_id', asked.owner),
      }),
  }),
  tenant_health: tool({
    title: 'Health of the tenants',
    description:
      'One row a tenant: whether it is audited, how much was seen, how much is open. Nothing is concluded of what no audit saw.',
    input: { tenant, limit, cursor },
    run: ({ reader }, asked) => page(reader, 'tenant_health', asked, only('tenant_id', asked.tenant)),
  }),
  list_views: tool({
    title: 'List report views',
    description: 'The report views with what each column means; query_view reads them.',
    input: {},
    run: async ({ reader }) => ({ views: (await reader.describe()).filter(({ view }) => isView(view)) }),
  }),
  query_view: tool({
    title: 'Read a report view',
    description: 'Rows of one report view in its own order. There is no free SQL.',
    input: { view: z.enum(REPORT_VIEWS as readonly [ReportView, ...ReportView[]]), tenant, limit, cursor },
    run: ({ reader }, { view, ...asked }) => page(reader, view, asked, only('tenant_id', asked.tenant)),
  }),
};

const isView = (name: string): boolean => REPORT_VIEWS.some((view) => view === name);
const only = (column: string, value: string | undefined): Where => (value === undefined ? {} : { [column]: [value] });

async function page(
  reader: ReportReader,
  view: ReportView,
  asked: { readonly limit: number; readonly cursor?: string | undefined },
  where: Where,
): Promise<object> {
  const offset = parseCursor(asked.cursor);
  if (offset === null) throw new AuditError('arguments-invalid', 'The cursor is none that this server gave.');
  const { rows, more } = await reader.page(view, { where, limit: asked.limit, offset });
  return { view, rows, next_cursor: more ? printCursor(offset + rows.length) : null };
}

const LONGEST_HISTORY = 100;

async function explain(
  { reader, rules }: ToolDeps,
  { finding_id: id }: { readonly finding_id: string },
): Promise<object> {
  const where = { finding_id: [id] };
  const views = ['open_findings', 'muted_findings'] as const;
  const found = await Promise.all(views.map((view) => reader.page(view, { where, limit: 1 })));
  const finding = found.flatMap(({ rows }) => rows)[0] ?? null;
  const history = await reader.page('finding_history', { where, limit: LONGEST_HISTORY });
  const ruleId = (finding ?? history.rows[0])?.['rule_id'];
  if (typeof ruleId !== 'string')
    throw new AuditError('not-found', `There is no finding ${JSON.stringify(id.slice(0, 60))} that you may see.`);
  const rule = rules.get(ruleId);
  return {
    finding,
    state: finding === null ? 'not open any more' : 'mute_id' in finding ? 'muted' : 'open',
    history: history.rows,
    rule:
      rule === undefined
        ? null
        : {
            id: rule.id,
            title: rule.title,
            why: rule.why,
            remediation: rule.remediation,
            explanation: rule.explanation,
          },
  };
}
