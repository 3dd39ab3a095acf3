import { createRandom } from '../../src/simulator/seed/random.ts';
import type { Deed } from './life.ts';

/** Worlds whose nights put a label on stale runbooks; a few, so that the run without a crash is played once for each. */
const PLAIN = 8;
/** Worlds with every kind of write, by what is struck in them. */
const LADDERS: readonly Pick<Setting, 'work' | 'tenants' | 'kind'>[] = [
  { work: 'audit', tenants: ['alder'], kind: 'embedded' },
  { work: 'apply', tenants: ['alder', 'birch'], kind: 'embedded' },
  { work: 'undo', tenants: ['alder'], kind: 'embedded' },
  { work: 'apply', tenants: ['alder'], kind: 'postgres' },
  { work: 'undo', tenants: ['alder', 'birch'], kind: 'postgres' },
];

/** A world and the kind of its nights, without anything that goes wrong. */
export interface Setting {
  readonly variant: number;
  /** Of each space. */
  readonly pages: number;
  readonly tenants: readonly string[];
  /** Whether a night has been before: then there are findings to resolve and labels to take off. */
  readonly prior: boolean;
  /** As which database the program takes it: with a server it looks at the switch and at the shared pace before each request. */
  readonly kind: 'embedded' | 'postgres';
  /** What is struck: an audit, a stored plan while it is carried out, or the undo of one that was. */
  readonly work: 'audit' | 'apply' | 'undo';
  /** Whether findings ask for comments, content properties, the archive and the trash as well. */
  readonly ladder: boolean;
}

/** Everything that happens under one seed. */
export interface Scenario extends Setting {
  readonly seed: number;
  /** Of the first worker, the one that takes over, and so on. */
  readonly deeds: readonly ReadonlyMap<number, Deed>[];
  /** Seconds after which another worker wants the same tenants, though the first one lives; null where none does. */
  readonly rivalAfter: number | null;
  /** Moments of the struck night, in milliseconds from its beginning, at which people change something. */
  readonly edits: readonly number[];
  /** How many faults of the site are armed. */
  readonly siteFaults: number;
  /** By how many seconds whose time of day jumps, and when. */
  readonly clockSteps: readonly {
    readonly of: 'worker' | 'database';
    readonly afterMs: number;
    readonly seconds: number;
  }[];
}

export function settingOf(variant: number): Setting {
  const ladder = LADDERS[variant - PLAIN];
  if (ladder !== undefined) return { variant, pages: 6, prior: true, ladder: true, ...ladder };
  return {
    variant,
    pages: 3 + (variant % 3),
    tenants: variant % 4 === 1 ? ['alder', 'birch'] : ['alder'],
    prior: variant % 2 === 1,
    kind: variant >= 5 ? 'postgres' : 'embedded',
    work: 'audit',
    ladder: false,
  };
}

/** Nothing goes wrong. */
export const calmly = (setting: Setting): Scenario => ({
  ...setting,
  seed: 0,
  deeds: [],
  rivalAfter: null,
  edits: [],
  siteFaults: 0,
  clockSteps: [],
});

/** What a seed stands for; `steps` is how many steps the struck night of its setting takes when nothing is wrong. */
export async function scenarioOf(seed: number, stepsOf: (setting: Setting) => Promise<number>): Promise<Scenario> {
  const random = createRandom(`chaos ${seed}`);
  const setting = settingOf(random.int(PLAIN + LADDERS.length));
  const steps = await stepsOf(setting);
  const deed = (): Deed =>
    random.pick<() => Deed>([
      () => ({ does: 'die' }),
      () => ({ does: 'die' }),
      () => ({ does: 'fail' }),
      () => ({ does: 'pause', ms: random.between(20_000, 150_000) }),
    ])();
  const fate = (most: number): ReadonlyMap<number, Deed> =>
    new Map(Array.from({ length: random.between(1, most) }, () => [random.between(1, steps), deed()] as const));
  const calm = random.chance(0.3);
  return {
    ...setting,
    seed,
    // A worker that takes over may die as well.
    deeds: [fate(3), ...(random.chance(0.3) ? [fate(1)] : [])],
    rivalAfter: random.chance(0.2) ? random.int(30) : null,
    edits: calm ? [] : Array.from({ length: random.int(5) }, () => random.int(20_000)),
    siteFaults: calm ? 0 : random.int(4),
    clockSteps: random.chance(0.15)
      ? [
          {
            of: random.pick(['worker', 'database']),
            afterMs: random.int(10_000),
            seconds: random.pick([3600, -3600, 30, -30]),
          },
        ]
      : [],
  };
}
