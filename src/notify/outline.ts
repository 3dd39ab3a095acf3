import type { AlertFinding, AlertMute, AlertRun, Cut, Digest } from '../domain/alert.ts';
import { plainLine } from '../domain/plain-text.ts';
import type { Message } from './message.ts';

/** A line of a section; every text is on one line and short, and nothing of it is escaped yet. */
export interface Item {
  readonly label: string;
  readonly title: string | null;
  /** An http or https address, and nothing else. */
  readonly url: string | null;
  readonly text: string;
}

interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
  /** What is said of those that are not shown. */
  readonly more: string | null;
}

/** What a message says, in the order in which it says it, for any channel to draw. */
export interface Outline {
  readonly subject: string;
  readonly sections: readonly Section[];
}

const LONGEST_TITLE = 150;
const LONGEST_TEXT = 400;

export function outlineOf(message: Message): Outline {
  if (message.kind === 'test') {
    const text = 'This is a test: alerts reach you here.';
    return {
      subject: 'Documentation audit: a test message',
      sections: [section('Test', [{ label: 'test', title: null, url: null, text }])],
    };
  }
  const { digest } = message;
  const sections = [
    runSection(digest.run),
    section('Not audited', digest.missedNights.map(itemOf)),
    section('Credentials about to end', digest.expiringTokens.map(itemOf)),
    cut('New findings', digest.newFindings, itemOf, 'more: report.new_since_last_run'),
    cut('Resolved', digest.resolvedFindings, itemOf, 'more: report.finding_history'),
    cut('Mutes about to end', digest.expiringMutes, muteItem, 'more: report.expiring_mutes'),
  ].filter(({ items }) => items.length > 0);
  return { subject: `Documentation audit of ${digest.tenantId}: ${summary(digest)}`, sections };
}

function summary({ run, newFindings, resolvedFindings, missedNights, expiringTokens, expiringMutes }: Digest): string {
  const told = [
    run === null ? null : { failed: 'failed', partial: 'partial', recovered: 'audited again' }[run.state],
    missedNights.length > 0 ? 'not audited' : null,
    expiringTokens.length > 0 ? 'credential ends' : null,
    counted(newFindings.count, 'new finding'),
    counted(resolvedFindings.count, 'resolved finding'),
    counted(expiringMutes.count, 'mute', 'about to end'),
  ];
  return told.filter((each) => each !== null).join(', ');
}

const counted = (count: number, what: string, more = ''): string | null =>
  count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}${more === '' ? '' : ` ${more}`}`;

const section = (heading: string, items: readonly Item[]): Section => ({ heading, items, more: null });

function cut<Each>(heading: string, { count, shown }: Cut<Each>, item: (each: Each) => Item, more: string): Section {
  const left = count - shown.length;
  return { heading: `${heading} (${count})`, items: shown.map(item), more: left > 0 ? `${left} ${more}` : null };
}

function runSection(run: AlertRun | null): Section {
  if (run === null) return section('', []);
  const heading = { failed: 'The audit failed', partial: 'The audit was partial', recovered: 'Audited again' }[
    run.state
  ];
  const text = short(
    run.detail ?? (run.state === 'recovered' ? 'The failure is over.' : 'See report.run_log.'),
    LONGEST_TEXT,
  );
  return section(heading, [{ label: run.reason ?? run.state, title: null, url: null, text }]);
}

function itemOf({ severity, ruleId, spaceKey, pageTitle, pageUrl, ownerName, reason }: AlertFinding): Item {
  const place = [spaceKey, ownerName].filter((each) => each !== null).join(', ');
  return {
    label: `${severity} ${ruleId}${place === '' ? '' : ` (${short(place, LONGEST_TITLE)})`}`,
    title: pageTitle === null ? null : short(pageTitle, LONGEST_TITLE),
    url: webAddress(pageUrl),
    text: short(reason, LONGEST_TEXT),
  };
}

const muteItem = ({ reason, mutedBy, expiresAt, findings }: AlertMute): Item => ({
  label: `until ${expiresAt.slice(0, 10)}`,
  title: null,
  url: null,
  text: short(`${reason} (by ${mutedBy}; ${findings} ${findings === 1 ? 'finding' : 'findings'})`, LONGEST_TEXT),
});

function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

function short(text: string, most: number): string {
  const letters = Array.from(plainLine(text).trim());
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}
