import { describe, expect, test } from 'vitest';
import { type DemoWorld, demoWorlds } from '../../src/simulator/seed.ts';
import type { Content } from '../../src/simulator/world/model.ts';
import { canRead } from '../../src/simulator/world/visibility.ts';
import { ageInDays, bodyOf, DAY, lastHumanEdit, SEEDED_AT, seededWorlds } from './demo-facts.ts';

const worlds = seededWorlds();

const pagesOf = ({ world }: DemoWorld): Content[] =>
  [...world.contents.values()].filter((each) => each.type === 'page');

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
const snapshot = (demo: DemoWorld, now: Date): unknown[] => [
  ...[...demo.world.comments.values()].map((comment) => [
    comment.id,
    comment.containerId,
    comment.authorId,
    comment.body,
    comment.resolution,
    now.getTime() - Date.parse(comment.createdAt),
  ]),
  ...[...demo.world.contents.values()].map((content) => [
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
  ]),
];

test('three companies of different sizes', () => {
  expect(worlds.map((demo) => [demo.id, pagesOf(demo).length])).toEqual([
    ['harborlane', 644],
    ['fernpay', 302],
    ['quietgrid', 145],
  ]);
});

test('the same at every call, and at every date but for the dates', () => {
  const later = new Date(SEEDED_AT.getTime() + 203.7 * DAY);
  const again = demoWorlds({ now: SEEDED_AT });
  const shifted = demoWorlds({ now: later });
  for (const [index, demo] of worlds.entries()) {
    expect(snapshot(again[index] ?? demo, SEEDED_AT)).toEqual(snapshot(demo, SEEDED_AT));
    expect(snapshot(shifted[index] ?? demo, later)).toEqual(snapshot(demo, SEEDED_AT));
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
    expect(world.content(demo.traps['duplicateTitle'] ?? '').spaceId).not.toBe(
      world.content(demo.traps['duplicateTitleTwin'] ?? '').spaceId,
    );
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
