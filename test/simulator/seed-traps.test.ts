import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import { createBodyScans } from '../../src/scan/scan-body.ts';
import type { DemoWorld } from '../../src/simulator/seed.ts';
import { type Content, newestVersion } from '../../src/simulator/world/model.ts';
import { canRead } from '../../src/simulator/world/visibility.ts';
import { ageInDays, bodyOf, lastHumanEdit, seededWorlds } from './demo-facts.ts';

/** How long ago a review was attested by label. */
const attestedAge = ({ world, traps }: DemoWorld, name: string): number => {
  const label = world.labelsOf(traps[name] ?? '').find((each) => each.startsWith('reviewed-')) ?? '';
  return Math.round(ageInDays(`${label.slice('reviewed-'.length)}T08:00:00Z`));
};

const factsOf = (content: Content) => readBody(bodyOf(content)).facts;

describe.for(seededWorlds())('the traps of $id:', (demo) => {
  const { world, crew, traps } = demo;
  const trap = (name: string): Content => world.content(traps[name] ?? name);
  const newestAge = (name: string): number => ageInDays(newestVersion(trap(name)).createdAt);
  const humanAge = (name: string): number => ageInDays(lastHumanEdit(demo, trap(name)));

  test('a bot edits a runbook every night that nobody has looked at for months', () => {
    expect(newestAge('botNightly')).toBeLessThan(1);
    expect(humanAge('botNightly')).toBeGreaterThan(299);
    expect(crew.bot.accountType).toBe('app');
  });

  test('the newest version of a stale runbook is a minor edit by a person', () => {
    expect(newestVersion(trap('minorNewest')).minorEdit).toBe(true);
    expect(newestAge('minorNewest')).toBeLessThan(6);
    expect(humanAge('minorNewest')).toBeGreaterThan(259);
  });

  test('labels attest a review: lately, long ago, and in the future', () => {
    expect(['attested', 'attestedLongAgo', 'attestedInFuture'].map((name) => attestedAge(demo, name))).toEqual([
      20, 250, -400,
    ]);
  });

  test('some pages only look like runbooks, or are exempt', () => {
    expect(trap('meetingAboutRunbooks').title).toMatch(/meeting.*runbook/);
    expect(world.labelsOf(traps['runbookTemplate'] ?? '')).toContain('template');
    expect(world.labelsOf(traps['evergreen'] ?? '')).toEqual(['evergreen', 'runbook']);
  });

  test('restrictions shut the on-call group out, by an ancestor or by the page itself', () => {
    const onCall = { kind: 'group', group: crew.onCall } as const;
    const audit = { kind: 'user', account: crew.audit } as const;
    const may = (name: string) => [canRead(world, onCall, trap(name)), canRead(world, audit, trap(name))];
    expect(trap('underRestrictedParent').read).toEqual({ users: [], groups: [] });
    expect(trap('ownListUnderRestrictedParent').read.groups).toContain(crew.onCall.id);
    expect(may('underRestrictedParent')).toEqual([false, true]);
    expect(may('ownListUnderRestrictedParent')).toEqual([false, true]);
    expect(may('restrictedToOne')).toEqual([false, true]);
    expect(may('invisible')).toEqual([false, false]);
    expect(may('restrictedToOnCall')).toEqual([true, true]);
  });

  test('files are missing, elsewhere, and dangerous', () => {
    expect(bodyOf(trap('missingAttachment'))).toContain('ri:filename="escalation-tree.png"');
    expect(world.attachmentsOf(traps['missingAttachment'] ?? '')).toEqual([]);
    expect(bodyOf(trap('foreignAttachment'))).toContain('<ri:page ri:content-title="Network plans" />');
    expect(world.attachmentsOf(traps['attachmentHome'] ?? '').map((file) => file.title)).toEqual(['core-network.png']);
    const files = world.attachmentsOf(traps['dangerousFiles'] ?? '');
    expect(files.map((file) => file.title)).toEqual([
      'tool.exe',
      'cluster-sizing.xlsm',
      'handover.docm',
      'notes.pdf',
      'plan.pdf',
    ]);
    expect(files.find((file) => file.title === 'notes.pdf')?.mediaType).toBe('application/x-msdownload');
  });

  test('an owner has left, people use our label prefix, and titles attack their readers', () => {
    expect(world.account(trap('inactiveOwner').ownerId).accountStatus).toBe('inactive');
    expect(world.labelsOf(traps['labelledByHand'] ?? '')).toContain('docaudit-stale');
    expect(trap('htmlTitle').title).toContain('<img');
    expect(trap('formulaTitle').title).toMatch(/^=cmd/);
    expect(trap('rightToLeftTitle').title).toContain('\u202E');
    expect(trap('escapeTitle').title).toContain('\u001B[');
  });

  test('one page shows secrets, another only placeholders, and a key hangs on a third', async () => {
    const scan = createBodyScans({ key: randomBytes(32) })(demo.id);
    const found = async (name: string) => (await scan(bodyOf(trap(name)))).map(({ type }) => type);
    expect(await found('secretInBody')).toEqual(['aws-access-key-id', 'password']);
    expect(await found('placeholdersOnly')).toEqual([]);
    expect(world.attachmentsOf(traps['keyFile'] ?? '').map(({ title }) => title)).toEqual([
      'jump-host.pem',
      'jump-host.pub',
    ]);
    expect(bodyOf(trap('missingSections'))).not.toContain('Escalation');
  });

  test('an anchor leads nowhere, a page is left to somebody who has left, and a sensitive one is open', () => {
    expect(bodyOf(trap('brokenAnchor'))).toContain('ac:anchor="Spare-parts"');
    expect(trap('restrictedToInactive').read.users).toEqual([crew.leaver.accountId, crew.audit.accountId]);
    expect(world.labelsOf(traps['sensitiveOpen'] ?? '')).toEqual(['confidential']);
    expect(trap('sensitiveOpen').read).toEqual({ users: [], groups: [] });
  });

  test('runbooks speak of themselves: tested, due, unfinished, without a contact, with a task and with labels that clash', () => {
    expect(humanAge('attestedByTable')).toBeGreaterThan(299);
    expect(factsOf(trap('attestedByTable')).dates).toMatchObject([{ kind: 'tested' }]);
    expect(world.labelsOf(traps['reviewDatePassed'] ?? '').join(' ')).toMatch(/review-by-\d/);
    expect(factsOf(trap('unfinishedMark')).markers).toEqual([{ kind: 'TODO', count: 1 }]);
    expect(factsOf(trap('emptyEscalation')).headings.at(-1)).toMatchObject({
      text: 'Escalation',
      empty: false,
      reaches: false,
    });
    expect(factsOf(trap('overdueTask')).tasks).toHaveLength(1);
    expect(world.labelsOf(traps['conflictingLabels'] ?? '')).toEqual(['deprecated', 'runbook']);
  });

  test('pages are archived, trashed, unfinished, deep', () => {
    expect(
      ['archived', 'trashed', 'draft', 'archivedParent', 'underArchivedParent'].map((name) => trap(name).status),
    ).toEqual(['archived', 'trashed', 'draft', 'archived', 'current']);
  });
});
