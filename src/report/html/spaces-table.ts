import type { FindingCount, SpaceLine } from '../../store/report-content.ts';
import { dayMark, numberCell, shareCell } from './marks.ts';
import { html, type Markup } from './markup.ts';
import { table } from './tables.ts';

const KINDS: Readonly<Record<string, string>> = { walked: 'good', partial: 'warn', refused: 'bad', gone: 'bad' };

/** Space by space what was looked at, how its runbooks fare, and why the rest was not looked at. */
export function spacesTable(spaces: readonly SpaceLine[], counts: readonly FindingCount[]): Markup | null {
  const open = new Map<string, number>();
  for (const { space, open: more } of counts) if (space !== null) open.set(space, (open.get(space) ?? 0) + more);
  return table({
    caption: 'Spaces: what was looked at, and how it fares',
    heads: [
      { name: 'Space' },
      { name: 'State' },
      { name: 'Pages seen', kind: 'num' },
      { name: 'Missing', kind: 'num' },
      { name: 'Read in part', kind: 'num' },
      { name: 'Healthy runbooks' },
      { name: 'Findings', kind: 'num' },
      { name: 'Listed in full' },
      { name: 'How this is known' },
    ],
    rows: spaces.map(
      (space) =>
        html`<tr><th scope="row">${space.key}</th><td><span class="state ${KINDS[space.state ?? ''] ?? 'off'}">${space.state ?? 'not walked yet'}</span></td>${
          space.state === 'excluded' ? html`<td class="num zero" data-v="-1">–</td>` : numberCell(space.pagesSeen)
        }${numberCell(space.missing, 'medium')}${numberCell(space.degraded, 'medium')}${shareCell(space.share, space.shareThen)}${numberCell(
          open.get(space.key) ?? 0,
        )}<td data-v="${space.listedAt ?? ''}">${space.listedAt === null ? html`<span class="note">–</span>` : dayMark(space.listedAt)}</td><td class="note">${
          space.excludedBecause ?? space.howKnown
        }</td></tr>`,
    ),
  });
}
