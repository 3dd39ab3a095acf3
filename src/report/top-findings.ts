import type { FindingLine } from '../domain/finding-line.ts';
import { plainLine } from '../domain/plain-text.ts';
import { rank } from '../domain/severity.ts';
import { wrapText } from './text-layout.ts';

const INDENT = '     ';

/** The worst `most` of the given findings for people: which page, why, who owns it, what was labelled; `open` are open in all. */
export function topFindings(
  findings: readonly FindingLine[],
  { most, width, open = findings.length }: { most: number; width: number; open?: number },
): string {
  // Sorting is stable, so within a severity the caller's order stands.
  const worst = findings.toSorted((a, b) => rank(a.severity) - rank(b.severity)).slice(0, most);
  if (worst.length === 0) return 'No findings.\n';
  const more = open - worst.length;
  const blocks = worst.map((finding, index) => block(finding, index + 1, width));
  return `${blocks.join('\n\n')}\n${more > 0 ? `\n… and ${more} more.\n` : ''}`;
}

function block(finding: FindingLine, number: number, width: number): string {
  const where = [finding.tenantId, finding.spaceKey].filter((part) => part !== null).join(' / ');
  const lines = [
    finding.pageTitle ?? finding.ruleId,
    `${finding.severity} · ${finding.ruleId} · ${where}`,
    finding.reason,
    `Owner: ${finding.ownerName ?? 'nobody known'}${finding.label === null ? '' : ` · labelled ${finding.label}`}`,
  ];
  const wrapped = lines.flatMap((line) => wrapText(plainLine(line), width - INDENT.length));
  // An address in pieces can neither be clicked nor copied.
  if (finding.pageUrl !== null) wrapped.push(plainLine(finding.pageUrl));
  return wrapped.map((line, index) => `${index === 0 ? `${number}.`.padEnd(INDENT.length) : INDENT}${line}`).join('\n');
}
