import { describe, expect, test } from 'vitest';
import { type DemoWorld, demoWorlds } from '../../src/simulator/seed.ts';
import { type Content, newestVersion } from '../../src/simulator/world/model.ts';
import { canRead } from '../../src/simulator/world/visibility.ts';

const NOW = new Date('2026-06-01T08:00:00.000Z');
const DAY = 86_400_000;

const worlds = demoWorlds({ now: NOW });
const [harborlane] = worlds;
if (harborlane === undefined) throw new Error('no demo world');

const pagesOf = ({ world }: DemoWorld): Content[] =>
  [...world.contents.values()].filter((each) => each.type === 'page');
const bodyOf = (content: Content): string => newestVersion(content).body;
const trapsOf = (demo: DemoWorld, name: string): Content => demo.world.content(demo.traps[name] ?? name);
const ageInDays = (instant: string, now = NOW): number => (now.getTime() - Date.parse(instant)) / DAY;

/** The last edit by a person that was more than a correction. */
const lastHumanEdit = (demo: DemoWorld, page: Content): string =>
  page.versions.findLast((each) => !each.minorEdit && each.authorId !== demo.crew.bot.accountId)?.createdAt ?? '';

/** How long ago a review was attested by label. */
const attestedAge = ({ world, traps }: DemoWorld, name: string): number => {
  const label = world.labelsOf(traps[name] ?? '').find((each) => each.startsWith('reviewed-')) ?? '';
  return Math.round(ageInDays(`${label.slice('reviewed-'.length)}T08:00:00Z`));
};

const runbooksOf = (demo: DemoWorld): Content[] =>
  pagesOf(demo).filter(
    (page) =>
      page.status === 'current' &&
      demo.world.space(page.spaceId).status === 'current' &&
      (page.labels.has('global:runbook') || /runbook|playbook/i.test(page.title)) &&
      !/template|meeting|retro/i.test(page.title),
  );

const normal = (title: string): string => title.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Everything of a world that its readers could tell apart, with instants as their distance to `now`. */
const snapshot = (demo: DemoWorld, now: Date): unknown[] =>
  [...demo.world.contents.values()].map((content) => [
    content.id,
    content.status,
    content.parentId,
    content.ownerId,
    content.title.replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY'),
    bodyOf(content).replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY'),
    content.versions.map((version) => [
      version.authorId,
      version.minorEdit,
      now.getTime() - Date.parse(version.createdAt),
    ]),
  ]);

test('three companies of different sizes', () => {
  expect(worlds.map((demo) => [demo.id, pagesOf(demo).length])).toEqual([
    ['harborlane', 631],
    ['fernpay', 289],
    ['quietgrid', 132],
  ]);
});

test('the same at every call, and at every date but for the dates', () => {
  const later = new Date(NOW.getTime() + 203.7 * DAY);
  const again = demoWorlds({ now: NOW });
  const shifted = demoWorlds({ now: later });
  for (const [index, demo] of worlds.entries()) {
    expect(snapshot(again[index] ?? demo, NOW)).toEqual(snapshot(demo, NOW));
    expect(snapshot(shifted[index] ?? demo, later)).toEqual(snapshot(demo, NOW));
    expect(shifted[index]?.traps).toEqual(demo.traps);
  }
});

describe.for(worlds)('the wiki of $id', (demo) => {
  const { world, crew } = demo;

  test('has an archived space, a personal one, and one that the audit account cannot see', () => {
    const spaces = [...world.spaces.values()];
    expect(spaces.filter((space) => space.status === 'archived')).toHaveLength(1);
    expect(spaces.filter((space) => space.type === 'personal')).toHaveLength(1);
    const audit = { kind: 'user', account: crew.audit } as const;
    const unseen = pagesOf(demo).filter((page) => page.status === 'current' && !canRead(world, audit, page));
    expect(new Set(unseen.map((page) => world.space(page.spaceId).key))).toEqual(new Set(['BOARD', 'OPS']));
  });

  test('lies in the past, version after version', () => {
    for (const content of world.contents.values()) {
      const instants = content.versions.map((version) => version.createdAt);
      expect(instants).toEqual(instants.toSorted());
      expect(ageInDays(instants.at(-1) ?? '')).toBeGreaterThan(0);
    }
  });

  test('has a problem in about a third of its runbooks, and not more stale ones than a night may label', () => {
    const runbooks = runbooksOf(demo);
    const aged = runbooks.filter((page) => ageInDays(lastHumanEdit(demo, page)) > 90);
    const stale = runbooks.filter((page) => ageInDays(lastHumanEdit(demo, page)) > 180);
    expect(aged.length / runbooks.length).toBeGreaterThan(0.2);
    expect(aged.length / runbooks.length).toBeLessThan(0.4);
    expect(stale.length).toBeGreaterThan(5);
    // Ages keep clear of the limits of the rules, so that no hour of the day decides.
    const edges = aged.map((page) => ageInDays(lastHumanEdit(demo, page)) % 90).filter((rest) => rest < 1 || rest > 89);
    expect(edges).toEqual([]);
  });

  test('has titles that differ, but for one pair', () => {
    const seen = new Map<string, number>();
    for (const page of pagesOf(demo)) seen.set(normal(page.title), (seen.get(normal(page.title)) ?? 0) + 1);
    expect([...seen].filter(([, count]) => count > 1)).toEqual([['service catalogue', 2]]);
    expect(trapsOf(demo, 'duplicateTitle').spaceId).not.toBe(trapsOf(demo, 'duplicateTitleTwin').spaceId);
  });

  test('has bodies in well-formed storage format, but for the one that a migration damaged', () => {
    const damaged = [...world.contents.values()].filter((content) => {
      const open: string[] = [];
      const text = bodyOf(content).replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '');
      for (const [, slash, name, rest] of text.matchAll(/<(\/?)([\w:-]+)([^>]*)>/g)) {
        if (slash === '/' && open.pop() !== name) return true;
        if (slash === '' && !rest?.endsWith('/')) open.push(name ?? '');
      }
      return open.length > 0;
    });
    expect(damaged.map((content) => content.id)).toEqual([demo.traps['damagedBody']]);
  });

  test('shows live docs, folders as parents, blog posts, drafts, archived and trashed pages', () => {
    const contents = [...world.contents.values()];
    expect(contents.filter((each) => each.subtype === 'live').length).toBeGreaterThan(1);
    expect(contents.some((each) => each.parentId !== null && world.content(each.parentId).type === 'folder')).toBe(
      true,
    );
    expect(contents.filter((each) => each.type === 'blogpost').length).toBeGreaterThan(3);
    expect(new Set(contents.map((each) => each.status))).toEqual(new Set(['current', 'archived', 'trashed', 'draft']));
  });
});

describe.for(worlds)('the traps of $id:', (demo) => {
  const { world, crew, traps } = demo;
  const trap = (name: string): Content => trapsOf(demo, name);
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

  test('pages are archived, trashed, unfinished, deep', () => {
    expect(
      ['archived', 'trashed', 'draft', 'archivedParent', 'underArchivedParent'].map((name) => trap(name).status),
    ).toEqual(['archived', 'trashed', 'draft', 'archived', 'current']);
  });
});
