import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachNightShift } from '../night-shift.ts';
import { COMMANDS, type Model, owners } from './commands.ts';
import { openWiki, type Wiki } from './wiki.ts';

/** Sequences; one of ten on the embedded database, which is slower. `MODEL_RUNS=2000` for a long one. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 200);
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_123);

eachNightShift('whatever happens in whatever order', (shift) => {
  // What is expected stands in the commands and in `settle`.
  // oxlint-disable-next-line vitest/expect-expect
  it(
    'people’s labels stay, ours follow the findings, and a quiet site is left alone',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 12 }), async (commands) => {
          const wiki = await openWiki(shift);
          const model: Model = { runs: [], disturbed: false };
          await fc.asyncModelRun(() => ({ model, real: wiki }), commands);
          await settle(wiki);
          await wiki.close();
        }),
        { numRuns: Math.ceil(shift.database().url === null ? RUNS / 10 : RUNS * 0.9), seed: SEED, endOnFailure: true },
      );
    },
    RUNS * 10_000,
  );
});

/** After two undisturbed audits the site is as it should be, and a third one has nothing to write. */
async function settle(wiki: Wiki): Promise<void> {
  wiki.calm();
  wiki.clock.pass({ days: 1 });
  // A write that people refused or undid may rest; the audits in between settle what a crash left open.
  await wiki.audit('apply');
  await wiki.audit('apply');
  const before = owners(wiki);
  const writes = wiki.writes();
  const last = await wiki.audit('apply');
  expect(last.outcome).toBe('complete');
  // I8: two audits without a change in between.
  expect(wiki.writes() - writes).toBe(0);
  expect(owners(wiki)).toEqual(before);
  const stale = wiki.stale();
  const ledgers = await Promise.all(before.map(async (_, index) => (await wiki.ledger(index)).join()));
  // I3, I10: whatever crashed before, our label stands only on what is stale, unless a person put it back there or forbids us the page.
  const wrong = before.flatMap((owner, index) =>
    owner === 'us' && !stale.includes(index) && !STAYS.test(ledgers[index] ?? '')
      ? `page ${index} is fresh and labelled`
      : [],
  );
  // And it stands on all that is stale, but where people said otherwise.
  const missing = stale.flatMap((index) =>
    before[index] === null && !LEFT_ALONE.test(ledgers[index] ?? '') ? `page ${index} is stale and not labelled` : [],
  );
  expect([...wrong, ...missing]).toEqual([]);
}

const STAYS = /remove-label \| (done \| undo|refused)/;
const LEFT_ALONE = /add-label \| (done \| (others|undo)|refused|failed)/;
