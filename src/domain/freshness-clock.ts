import { readAttestations, type StatedMark } from './attestation.ts';
import type { PageDate } from './facts.ts';
import type { Freshness } from './freshness.ts';
import { carryHumanVersion, type ClockRules, type HumanVersion, type IgnoredBecause } from './human-version.ts';
import type { Label, Page } from './inventory.ts';
import { quoted } from './printable.ts';

export interface ClockInput extends ClockRules {
  readonly page: Page;
  readonly labels: readonly Label[];
  /** That the body names; none where it was not read. */
  readonly dates: readonly PageDate[];
  /** Content property and status that attest the page, where the settings ask for them. */
  readonly marks?: readonly StatedMark[];
  /** What an earlier reading of the version list found; null where it was never read. */
  readonly humanVersion: HumanVersion | null;
  readonly now: Date;
}

const IGNORED: Readonly<Record<IgnoredBecause, readonly [one: string, many: string]>> = {
  own: ['version written by this program', 'versions written by this program'],
  listed: ['version by an author who is listed as ignored', 'versions by authors who are listed as ignored'],
  app: ['version by an app', 'versions by apps'],
  minor: ['minor edit', 'minor edits'],
};

/**
 * When somebody last made sure that the page is right: the newest version by a person that is not a minor edit, or a newer
 * attestation by label or in its text. Unknown as long as the newest version does not count and the older ones were not read.
 */
export function freshnessOf(input: ClockInput): Freshness {
  const { page, now } = input;
  const { newest: attestation, future } = readAttestations(input, now);
  const unheeded = future.map((source) => ` The ${source} names a future date and was ignored.`).join('');

  // No older version can be newer than the newest one: an attestation after it decides without them.
  const human = carryHumanVersion(page, input.humanVersion, input);
  const latestEdit = instant(human === null ? page.version.createdAt : eventOf(page, human).at);
  if (attestation !== null && attestation.at.getTime() > latestEdit) {
    return {
      known: true,
      at: attestation.at.toISOString(),
      because: 'attestation',
      cause: `The ${attestation.source} attests it.${unheeded}`,
    };
  }
  if (human === null) {
    const why = `The newest version (${page.version.number}, by ${author(input, page.version.authorId)}) does not count, and the older versions have not been read yet.`;
    return { known: false, why };
  }
  const event = eventOf(page, human);
  const verb = event.because === 'created' ? 'Created' : 'Last edited';
  const number = event.because === 'created' ? '' : ` (version ${event.number})`;
  return {
    known: true,
    at: event.at,
    because: event.because,
    cause: `${verb} by ${author(input, event.authorId)} on ${event.at.slice(0, 10)}${number}.${ignoredText(human)}${liveText(page)}${unheeded}`,
  };
}

/** True where `freshnessOf` cannot answer before the page's list of versions is read. */
export const needsVersions = (input: ClockInput): boolean => !freshnessOf(input).known;

function eventOf(page: Page, { version }: HumanVersion) {
  if (version === null) {
    return { because: 'created', at: page.createdAt, authorId: page.authorId, number: 1 } as const;
  }
  const because = version.number === 1 ? 'created' : 'human-edit';
  return { because, at: version.createdAt, authorId: version.authorId, number: version.number } as const;
}

function author({ accounts }: ClockInput, id: string | null): string {
  if (id === null) return 'an unknown author';
  const name = accounts.get(id)?.displayName.trim() ?? '';
  return name === '' ? `the account ${quoted(id)}` : quoted(name);
}

function ignoredText({ ignored }: HumanVersion): string {
  const parts = (Object.keys(IGNORED) as IgnoredBecause[]).flatMap((because) => {
    const count = ignored[because] ?? 0;
    return count === 0 ? [] : [`${count} ${IGNORED[because][count === 1 ? 0 : 1]}`];
  });
  return parts.length === 0 ? '' : ` Newer versions that do not count: ${parts.join(', ')}.`;
}

/** Nobody publishes a live doc: its versions are snapshots of editing sessions. */
const liveText = ({ subtype }: Page): string =>
  subtype === 'live' ? ' It is a live doc, whose versions may lag behind its edits.' : '';

/** A stamp that cannot be read must not make a page look fresh. */
const instant = (stamp: string): number => {
  const time = Date.parse(stamp);
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
};
