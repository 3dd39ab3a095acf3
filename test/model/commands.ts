import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Wiki } from './wiki.ts';

/** What has to be remembered beside the site itself. */
export interface Model {
  /** Runs that may be undone. */
  readonly runs: string[];
  /** Whether an answer was lost or a worker died: only then may a request be repeated. */
  disturbed: boolean;
}

interface Step {
  readonly name: string;
  readonly run: (wiki: Wiki, model: Model) => unknown;
  /** Whether it may change labels of people: only people do. */
  readonly byPeople: boolean;
}

/** Runs a step and holds against it what holds of every step. */
const command = ({ name, run, byPeople }: Step): fc.AsyncCommand<Model, Wiki> => ({
  check: () => true,
  async run(model, wiki) {
    const before = owners(wiki);
    const additions = wiki.additions();
    await run(wiki, model);
    const after = owners(wiki);
    for (const [index, owner] of before.entries()) {
      // I3: what people put there stays, and is theirs, whatever the program does.
      if (!byPeople && owner === 'people') expect(after[index], `${name}: page ${index}`).toBe('people');
    }
    const added = after.filter((owner, index) => owner === 'us' && before[index] !== 'us').length;
    // Without a lost answer no label is asked for twice, and none where it stands already.
    if (!model.disturbed && !byPeople)
      expect(wiki.additions() - additions, `${name}: additions`).toBeLessThanOrEqual(added + wiki.restricted());
  },
  toString: () => name,
});

export const owners = (wiki: Wiki) =>
  Array.from({ length: wiki.pages }, (_, index) => (wiki.isCurrent(index) ? wiki.labelledBy(index) : null));

const page = fc.nat(2);
const people = (name: string, run: (wiki: Wiki, index: number) => unknown) =>
  page.map((index) => command({ name: `${name}(${index})`, byPeople: true, run: (wiki) => run(wiki, index) }));
const program = (name: string, run: Step['run']) => command({ name, byPeople: false, run });
const onCurrent = (act: (wiki: Wiki, index: number) => unknown) => (wiki: Wiki, index: number) =>
  wiki.isCurrent(index) ? act(wiki, index) : undefined;

const remember = ({ runs }: Model, result: { readonly runId: string | null } | undefined): void => {
  if (typeof result?.runId === 'string') runs.push(result.runId);
};

/** Everything that may happen to a wiki under audit. */
export const COMMANDS: fc.Arbitrary<fc.AsyncCommand<Model, Wiki>>[] = [
  people(
    'edit',
    onCurrent((wiki, index) => wiki.edit(index)),
  ),
  people(
    'label by hand',
    onCurrent((wiki, index) => wiki.labelByHand(index)),
  ),
  people(
    'take the label off by hand',
    onCurrent((wiki, index) => wiki.unlabelByHand(index)),
  ),
  people(
    'restrict',
    onCurrent((wiki, index) => wiki.restrict(index, true)),
  ),
  people(
    'open',
    onCurrent((wiki, index) => wiki.restrict(index, false)),
  ),
  people(
    'trash',
    onCurrent((wiki, index) => wiki.trash(index)),
  ),
  people('restore', (wiki, index) => (wiki.isCurrent(index) ? undefined : wiki.restore(index))),
  fc.constantFrom(1, 20, 200).map((days) => program(`${days} days pass`, (wiki) => wiki.clock.pass({ days }))),
  fc.nat(9).map((n) => program(`token ${n}`, (wiki) => wiki.changeToken(`${wiki.token}-${n}`))),
  fc.constant(program('audit --mode plan', async (wiki, model) => remember(model, await wiki.audit('plan')))),
  fc.constant(program('audit --mode apply', async (wiki, model) => remember(model, await wiki.audit('apply')))),
  fc.constant(program('apply', async (wiki, model) => remember(model, await wiki.apply()))),
  fc.nat(5).map((back) =>
    program(`undo(${back} runs ago)`, async (wiki, { runs, ...model }) => {
      const run = runs.at(-1 - back);
      if (run !== undefined) remember({ ...model, runs }, await wiki.undo(run));
    }),
  ),
  fc.nat(60).map((after) =>
    program(`crash after ${after} transactions`, async (wiki, model) => {
      model.disturbed = true;
      await wiki.crash(after);
    }),
  ),
  fc.constantFrom('before-work' as const, 'after-work' as const).map((when) =>
    program(`lose an answer ${when}`, (wiki, model) => {
      model.disturbed = true;
      wiki.loseAnswer(when);
    }),
  ),
];
