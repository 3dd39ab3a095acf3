import type { SpaceLine, TenantLine } from '../store/report-content.ts';
import { count, counted, day, listed } from './wording.ts';

/** What must be added to every report, however clean. */
export const INVISIBLE =
  'What is wholly invisible to the account of the audit cannot be counted, and is not in this report.';

/** What is known not to have been seen of a tenant, a sentence each; empty only where nothing is known to be missing. */
export function unseenOf(tenant: TenantLine, spaces: readonly SpaceLine[]): readonly string[] {
  const inState = (state: string | null) => spaces.filter((space) => space.state === state).map(({ key }) => key);
  return [
    ...runGaps(tenant),
    ...told(inState('refused'), (names) => `Closed to the account: ${names}.`),
    ...told(inState('partial'), (names) => `Not walked to the end: ${names}.`),
    ...told(inState('gone'), (names) => `Seen before and not visible any more: ${names}.`),
    ...told(tenant.asOf === null ? [] : inState(null), (names) => `Not walked yet: ${names}.`),
    ...summed(spaces, 'missing', (pages, where) => `${pages} expected and did not appear (${where}).`),
    ...summed(spaces, 'degraded', (pages, where) => `${pages} could be read only in part (${where}).`),
    ...(tenant.unjudged === 0
      ? []
      : [`${counted(tenant.unjudged, 'verdict is', 'verdicts are')} missing: what was to be judged could not be.`]),
  ];
}

/** What the settings leave out, in a sentence; null where that is nothing. */
export function outOfScope(spaces: readonly SpaceLine[]): string | null {
  const keys = spaces.filter(({ state }) => state === 'excluded').map(({ key }) => key);
  return keys.length === 0 ? null : `Left out by the settings: ${named(keys)}.`;
}

/** The state of a tenant in one word. */
export const stateOf = ({ enabled, outcome }: TenantLine): string =>
  enabled ? (outcome ?? 'never audited') : 'switched off';

function runGaps({ enabled, asOf, outcome, reason, lastSuccessAt, missedRuns }: TenantLine): string[] {
  const last =
    lastSuccessAt === null ? 'None was ever complete.' : `The last complete one ended on ${day(lastSuccessAt)}.`;
  return [
    ...(enabled ? [] : ['The audits of this tenant are switched off.']),
    ...(asOf === null ? ['No audit has finished yet: that nothing is found here means nothing.'] : []),
    ...(outcome === null || outcome === 'complete'
      ? []
      : [`The latest audit ended ${outcome}${reason === null ? '' : ` (${reason})`}. ${last}`]),
    ...(missedRuns > 0 ? [`${counted(missedRuns, 'scheduled audit')} did not take place.`] : []),
  ];
}

function summed(
  spaces: readonly SpaceLine[],
  what: 'missing' | 'degraded',
  sentence: (pages: string, where: string) => string,
): string[] {
  const short = spaces.filter((space) => space[what] > 0);
  const pages = short.reduce((sum, space) => sum + space[what], 0);
  if (pages === 0) return [];
  const verb = what === 'missing' ? (pages === 1 ? ' was' : ' were') : '';
  return [
    sentence(`${counted(pages, 'page')}${verb}`, short.map((space) => `${space.key} ${count(space[what])}`).join(', ')),
  ];
}

const MOST_NAMES = 12;
const named = (keys: readonly string[]): string =>
  keys.length <= MOST_NAMES
    ? listed(keys)
    : `${keys.slice(0, MOST_NAMES).join(', ')} and ${count(keys.length - MOST_NAMES)} more`;

const told = (keys: readonly string[], sentence: (names: string) => string): string[] =>
  keys.length === 0 ? [] : [sentence(named(keys))];
