import { createRandom, type Random } from '../../src/simulator/seed/random.ts';
import { CANARY } from '../../src/simulator/canary.ts';
import { createWorld, type World } from '../../src/simulator/world.ts';
import { type Content, newestVersion } from '../../src/simulator/world/model.ts';
import { soundRunbook } from '../sound-runbook.ts';

const DAY_MS = 86_400_000;
/** Both tenants number their pages from here, so that ids of one are ids of the other. */
const FIRST_ID = 70_000;
/** How long a page takes into the archive. */
const TASK_MS = 5_000;
/** The only label that the program may write. */
export const OUR_LABEL = 'docaudit-stale';

/** What the rule stale-runbook has to say of a page, by the model alone. */
export type Verdict = 'fail' | 'warn' | 'none';

/** A tenant's site: a small wiki, the people who work on it, and what was true of each page when. */
export interface Wiki {
  readonly name: string;
  readonly world: World;
  /** Whether the program leaves more than labels there. */
  readonly ladder: boolean;
  readonly auditor: string;
  readonly email: string;
  readonly token: string;
  readonly people: readonly string[];
  readonly spaces: readonly string[];
  /** Pages where people have touched what is ours, or put our label: nobody can say whose it is then. */
  readonly disputed: Set<string>;
  /** Pages that carried the label before the first night, and from which nobody took it. */
  readonly labelledByPeople: Set<string>;
  readonly verdicts: ReadonlyMap<string, readonly { readonly at: number; readonly verdict: Verdict }[]>;
  /** When each page was there, more than once where it came back; an open end is infinite. */
  readonly lives: ReadonlyMap<string, readonly { readonly from: number; to: number }[]>;
  /** What people did to pages, and when. */
  readonly changes: { readonly pageId: string; readonly at: number; readonly deed: string }[];
  /** Writes down what is true now; called after each change. */
  readonly remember: () => void;
  readonly currentPages: () => Content[];
  /** Ends tasks of the site that have had their time, whether anybody looks at them or not. */
  readonly goOn: () => void;
}

const isThere = (life: { readonly to: number }): boolean => life.to === Number.POSITIVE_INFINITY;

/** The same wiki for the same words; `name` stands in every title, body and account of it. */
export function buildWiki(
  words: string,
  name: string,
  now: () => Date,
  { pages, ladder }: { readonly pages: number; readonly ladder: boolean },
): Wiki {
  const random = createRandom(`${words} ${name}`);
  const world = createWorld({ id: name, firstId: FIRST_ID });
  const begin = now().getTime();
  const ago = (days: number): Date => new Date(begin - days * DAY_MS);
  const person = (who: string, accountType: 'atlassian' | 'app' = 'atlassian'): string =>
    world.addAccount({ displayName: `${who} ${name}`, accountType }).accountId;
  const people = [person('Ann'), person('Ben')];
  const [ann = '', ben = ''] = people;
  const bot = person('Sync', 'app');
  const onCall = world.addGroup({ name: 'sre-oncall', members: [ann] }).id;
  const email = `auditor@${name}.example`;
  const token = `${CANARY}-${name}-token`;
  const auditor = world.addAccount({ displayName: 'Audit Account', email, admin: true }).accountId;
  world.addCredential({ email, token, accountId: auditor });
  const spaces = ['OPS', ...(random.chance(0.6) ? ['DOCS'] : [])];
  const labelledByPeople = new Set<string>();

  for (const key of spaces) {
    world.addSpace({ key, name: `${key} ${name}`, by: ann, at: ago(900) });
    const home = world.addHomepage({ space: key, title: `${key} home ${name}`, by: ann, at: ago(900) }).id;
    const folder = random.chance(0.5)
      ? world.addFolder({ space: key, title: `Shelf ${name}`, by: ann, at: ago(800), parentId: home }).id
      : home;
    for (let index = 1; index <= pages; index += 1) addOne(key, index, index % 3 === 0 ? folder : home);
  }

  function addOne(space: string, index: number, parentId: string): void {
    const isRunbook = random.chance(0.7);
    const id = world.addPage({
      space,
      title: `${isRunbook ? 'Runbook' : 'Note'} ${index} ${name}`,
      by: random.pick(people),
      at: ago(random.pick([20, 110, 300, 400]) + index / 100),
      parentId,
      body: bodyOf(random, name),
    }).id;
    if (random.chance(0.2)) world.addLabel(id, 'evergreen', ann);
    if (random.chance(0.3)) world.addLabel(id, `team-${name}`, ben);
    if (random.chance(0.2)) world.editPage(id, { by: bot, at: ago(2), body: soundRunbook(`<p>Synced ${name}.</p>`) });
    if (random.chance(0.15)) {
      world.addLabel(id, OUR_LABEL, ben);
      labelledByPeople.add(id);
    }
    if (random.chance(0.2)) world.setReadRestriction(id, { users: [auditor, ben] });
    else if (random.chance(0.1)) world.setReadRestriction(id, { users: [auditor], groups: [onCall] });
    if (random.chance(0.3))
      world.addAttachment(id, {
        title: `${name}.exe`,
        mediaType: 'application/octet-stream',
        fileSize: 9,
        by: ann,
        at: ago(9),
      });
  }

  const verdicts = new Map<string, { at: number; verdict: Verdict }[]>();
  const lives = new Map<string, { from: number; to: number }[]>();
  const currentPages = (): Content[] =>
    [...world.contents.values()].filter(({ type, status }) => type === 'page' && status === 'current');
  const remember = (): void => {
    const at = now().getTime();
    const there = new Map(currentPages().map((page) => [page.id, page]));
    for (const [id, page] of there) {
      const before = lives.get(id) ?? [];
      if (!before.some(isThere)) lives.set(id, [...before, { from: at, to: Number.POSITIVE_INFINITY }]);
      const known = verdicts.get(id) ?? [];
      known.push({ at, verdict: verdictOf(world, page, { at, auditor }) });
      verdicts.set(id, known);
    }
    for (const [id, times] of lives) {
      const life = times.find(isThere);
      if (there.has(id) || life === undefined) continue;
      life.to = at;
      verdicts.get(id)?.push({ at, verdict: 'none' });
    }
  };
  const goOn = (): void => {
    const due = [...world.archiveJobs.values()].filter(
      ({ ended, startedAt }) => ended === null && now().getTime() - Date.parse(startedAt) > TASK_MS,
    );
    for (const job of due) while (job.ended === null) world.lookAtJob(job);
    if (due.length > 0) remember();
  };
  remember();
  const disputed = new Set(labelledByPeople);
  return {
    name,
    world,
    ladder,
    auditor,
    email,
    token,
    people,
    spaces,
    disputed,
    labelledByPeople,
    verdicts,
    lives,
    changes: [],
    remember,
    currentPages,
    goOn,
  };
}

function bodyOf(random: Random, name: string): string {
  const steps = [
    `<p>Open the ${name} panel.</p>`,
    `<p>See <ac:link><ri:page ri:content-title="Lost ${name}"/></ac:link>.</p>`,
    `<p>Use ghp_${CANARY}${'a1B2c3D4e5F6'.repeat(2)}Zz in ${name}.</p>`,
    `<p><ac:image><ri:attachment ri:filename="${name}.png"/></ac:image></p>`,
  ];
  const step = random.pick(steps);
  return random.chance(0.8) ? soundRunbook(step) : step;
}

/** The rule in the words of its documentation, over the model: nothing of the program takes part. */
function verdictOf(
  world: World,
  page: Content,
  { at: now, auditor }: { readonly at: number; readonly auditor: string },
): Verdict {
  const names = new Set([...page.labels.values()].map((label) => label.name));
  const isRunbook = /runbook/i.test(page.title) || names.has('runbook');
  if (!isRunbook || names.has('evergreen')) return 'none';
  // A version that the program makes when it takes a page out of the trash confirms nothing.
  const human = page.versions.findLast(
    ({ authorId }) => authorId !== auditor && world.account(authorId).accountType !== 'app',
  );
  const confirmed = Date.parse((human ?? newestVersion(page)).createdAt);
  const days = Math.floor((now - confirmed) / DAY_MS);
  return days >= 180 ? 'fail' : days >= 90 ? 'warn' : 'none';
}
