import { rank } from '../../domain/severity.ts';
import type { Listed, OwnerLine } from '../../store/report-content.ts';
import { bySeverityText, count } from '../wording.ts';
import { subjectName } from './findings-table.ts';
import { pageLink, severityMark } from './marks.ts';
import { html, type Markup } from './markup.ts';

/** So many findings of one owner: what somebody can do in a morning. */
const MORNING = 6;
/** Owners beyond these stand in the table of findings alone. */
const MOST_OWNERS = 60;

interface Owner {
  readonly id: string | null;
  readonly name: string;
  readonly open: Readonly<Partial<Record<OwnerLine['severity'], number>>>;
  readonly all: number;
}

/** What each owner should do first: the worst findings on their pages, those with the most to do before the others. */
export function worklists(lines: readonly OwnerLine[], findings: readonly Listed[], anchor: string): Markup {
  const owners = ownersOf(lines);
  const byOwner = Map.groupBy(findings, (finding) => finding.ownerId);
  const left = owners.length - MOST_OWNERS;
  return html`<div class="worklists">${owners
    .slice(0, MOST_OWNERS)
    .map((owner) => worklist(owner, byOwner.get(owner.id) ?? [], anchor))}</div>${
    left > 0 && html`<p class="note">${count(left)} more owners have findings; the table below has them.</p>`
  }`;
}

function worklist({ id, name, open, all }: Owner, findings: readonly Listed[], anchor: string): Markup {
  const first = findings.slice(0, MORNING);
  const tasks = Map.groupBy(first, ({ severity, rule, remediation }) => `${severity} ${rule} ${remediation}`);
  return html`<section class="owner"><h4><bdi>${name}</bdi> <small>${bySeverityText(open)}</small></h4>
    ${[...tasks.values()].map(task)}
    ${all > first.length && html`<p class="note">${count(all - first.length)} more in <a href="#${anchor}-findings" data-filter="${id === null ? 'nobody known' : name}">all findings</a>.</p>`}
  </section>`;
}

function task(findings: readonly Listed[]): Markup | null {
  const [first] = findings;
  if (first === undefined) return null;
  return html`<div class="task"><p>${severityMark(first.severity)} ${first.remediation} <small>${first.rule}</small></p>
    <ul>${[...Map.groupBy(findings, ({ url, title }) => url ?? title).values()].map(pageItem)}</ul></div>`;
}

/** One page, however much of it is found. */
const pageItem = ([finding, ...more]: readonly Listed[]): Markup | null =>
  finding === undefined
    ? null
    : html`<li>${pageLink(subjectName(finding), finding.url)}${more.length > 0 && ` ×${more.length + 1}`} <small>${finding.space}</small></li>`;

function ownersOf(lines: readonly OwnerLine[]): readonly Owner[] {
  const grouped = [...Map.groupBy(lines, ({ ownerId }) => ownerId).entries()].map(
    ([id, of]): Owner & { worst: number[] } => {
      const open = Object.fromEntries(of.map((line) => [line.severity, line.open]));
      return {
        id,
        name: id === null ? 'Nobody known' : (of[0]?.name ?? `Account ${id}`),
        open,
        all: of.reduce((sum, line) => sum + line.open, 0),
        worst: of
          .toSorted((a, b) => rank(a.severity) - rank(b.severity))
          .flatMap((line) => [rank(line.severity), -line.open]),
      };
    },
  );
  // What nobody owns comes last: it is nobody's morning.
  return grouped.toSorted((a, b) => Number(a.id === null) - Number(b.id === null) || before(a.worst, b.worst));
}

function before(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? Infinity);
}
