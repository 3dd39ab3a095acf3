import type { ReportContent, TenantLine } from '../store/report-content.ts';
import { escapedMarkdown, formatMarkdown } from './format-markdown.ts';
import { leadOf } from './lead.ts';
import { INVISIBLE, outOfScope, stateOf, unseenOf } from './unseen.ts';
import { count, day, moment, percent } from './wording.ts';

/** The whole report as Markdown, for a page or a mail: the same statements as the HTML has, without its charts. */
export function markdownReport(content: ReportContent, { fleet }: { fleet: boolean }): string {
  const ends = content.tenants.flatMap(({ asOf }) => (asOf === null ? [] : [asOf])).toSorted();
  const last = ends.at(-1);
  const chosen = content.tenants.filter(({ id }) => content.chosen.includes(id));
  return [
    `# Documentation audit${fleet ? '' : ` of ${escapedMarkdown(chosen[0]?.id ?? 'a tenant')}`}`,
    last === undefined ? 'No audit has finished yet.' : `As of the audit that ended on ${moment(last)}.`,
    leadOf(content),
    ...(fleet ? ['## Tenants', tenantsTable(content.tenants)] : []),
    ...chosen.flatMap((tenant) => tenantPart(content, tenant)),
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')
    .concat('\n');
}

const tenantsTable = (tenants: readonly TenantLine[]): string =>
  formatMarkdown({
    columns: [
      'tenant',
      'latest audit',
      'coverage',
      'healthy runbooks',
      'critical',
      'high',
      'medium',
      'low',
      'new',
      'not judged',
      'last in full',
    ],
    rows: tenants.map((tenant) => [
      tenant.id,
      tenant.reason === null ? stateOf(tenant) : `${stateOf(tenant)} (${tenant.reason})`,
      tenant.coverage === null ? 'unknown' : `${tenant.coverage} %`,
      tenant.share === null ? '–' : `${percent(tenant.share)} (${tenant.healthy}/${tenant.runbooks})`,
      // Of a tenant that no audit has looked at nothing is known.
      ...(['critical', 'high', 'medium', 'low', 'fresh', 'unjudged'] as const).map((what) =>
        tenant.asOf === null ? '–' : tenant[what],
      ),
      tenant.lastSuccessAt === null ? 'never' : day(tenant.lastSuccessAt),
    ]),
  });

function tenantPart(content: ReportContent, tenant: TenantLine): string[] {
  const of = <Row extends { readonly tenantId: string | null }>(rows: readonly Row[]) =>
    rows.filter(({ tenantId }) => tenantId === tenant.id);
  const [spaces, findings, unjudged, muted] = [
    of(content.spaces),
    of(content.findings),
    of(content.unjudged),
    of(content.muted),
  ];
  const open = tenant.critical + tenant.high + tenant.medium + tenant.low + tenant.info;
  const unseen = [...unseenOf(tenant, spaces), outOfScope(spaces) ?? [], INVISIBLE].flat();
  const tables: readonly [string, string[], unknown[][]][] = [
    [
      'Spaces',
      ['space', 'state', 'pages seen', 'missing', 'read in part', 'healthy runbooks'],
      spaces.map((space) => [
        space.key,
        space.state ?? 'not walked yet',
        space.pagesSeen,
        space.missing,
        space.degraded,
        percent(space.share),
      ]),
    ],
    [
      `Findings (${count(open)} open${open > findings.length ? `, the worst ${count(findings.length)} listed` : ''})`,
      ['severity', 'page', 'reason', 'what to do', 'rule', 'space', 'owner', 'since', 'address'],
      findings.map((one) => [
        one.severity,
        one.title ?? one.subject,
        one.reason,
        one.remediation,
        one.rule,
        one.space,
        one.owner ?? 'nobody known',
        day(one.since),
        one.url,
      ]),
    ],
    [
      'What could not be judged',
      ['rule', 'ended in', 'why', 'verdicts'],
      unjudged.map((line) => [line.rule, line.status, line.reason, line.subjects]),
    ],
    [
      'Accepted for a time',
      ['reason', 'accepted by', 'until', 'findings'],
      muted.map((line) => [line.reason, line.by, day(line.until), line.findings]),
    ],
  ];
  return [
    `## ${escapedMarkdown(tenant.id)}: ${stateOf(tenant)}`,
    '### What was not seen',
    unseen.map((line) => `- ${escapedMarkdown(line)}`).join('\n'),
    ...tables.flatMap(([title, columns, rows]) =>
      rows.length === 0 ? [] : [`### ${title}`, formatMarkdown({ columns, rows })],
    ),
  ];
}
