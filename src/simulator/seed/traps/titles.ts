import type { Stage } from '../stage.ts';
import { text } from '../storage.ts';
import { type Traps, writeTrap } from './trap.ts';

const HOSTILE: readonly (readonly [string, string])[] = [
  ['htmlTitle', 'Runbook <img src=x onerror=alert(1)> & "quotes"'],
  ['formulaTitle', "=cmd|' /C calc'!A0 runbook"],
  ['rightToLeftTitle', 'Runbook \u202Egnp.exe \u05E9\u05DC\u05D5\u05DD'],
  ['emojiTitle', '🔥 Runbook 👩🏽‍🚒 for the worst night'],
  ['escapeTitle', 'Runbook \u001B[31mred\u001B[0m \u0007 alarm'],
];

/** Titles that are the same to a reader, and titles that attack whoever prints them. */
export function addTitleTraps(stage: Stage): Traps {
  const { world, profile } = stage;
  const traps: Traps = {};
  // In the largest company they are stale too, so that they reach every report.
  const age = profile.size.runbooks > 100 ? 400 : 30;
  for (const [name, title] of HOSTILE) traps[name] = writeTrap(stage, { title, age }).id;

  const catalogue = text('All services, their owners and their tiers.');
  const parentId = world.space('OPS').homepageId;
  traps['duplicateTitle'] = stage.write({
    space: 'OPS',
    title: 'Service Catalogue',
    body: catalogue,
    parentId,
    age: 70,
  }).id;
  traps['duplicateTitleTwin'] = stage.write({
    space: 'DOCS',
    title: ' service   catalogue',
    body: catalogue,
    parentId: world.space('DOCS').homepageId,
    age: 90,
  }).id;
  return traps;
}
