import { type DemoWorld, demoWorlds } from '../../src/simulator/seed.ts';
import { type Content, newestVersion } from '../../src/simulator/world/model.ts';

export const SEEDED_AT = new Date('2026-06-01T08:00:00.000Z');
export const DAY = 86_400_000;

export const seededWorlds = (): DemoWorld[] => demoWorlds({ now: SEEDED_AT });

export const bodyOf = (content: Content): string => newestVersion(content).body;

export const ageInDays = (instant: string): number => (SEEDED_AT.getTime() - Date.parse(instant)) / DAY;

/** The last edit by a person that was more than a correction. */
export const lastHumanEdit = (demo: DemoWorld, page: Content): string =>
  page.versions.findLast((each) => !each.minorEdit && each.authorId !== demo.crew.bot.accountId)?.createdAt ?? '';
