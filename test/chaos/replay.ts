import { type Case, flagsOf, scenarioFor } from './case.ts';
import { createPlayer } from './player.ts';
import { openTheatre } from './theatre.ts';

/** Plays one case twice and tells all of it; true where nothing broke and both came out the same. */
export async function replay(snapshot: Blob, one: Case, say: (line: string) => void): Promise<boolean> {
  const theatre = await openTheatre(snapshot);
  const player = createPlayer(theatre);
  const scenario = await scenarioFor(one, player.stepsOf);
  const first = await player.play(scenario);
  const second = await player.play(scenario);
  await theatre.close();
  const { seed: _, deeds, ...given } = scenario;
  say(`${flagsOf(one)}: ${JSON.stringify(given)}`);
  for (const [index, fate] of deeds.entries())
    for (const [step, deed] of fate) say(`worker ${index + 1}, step ${step}: ${JSON.stringify(deed)}`);
  for (const line of [...first.befell, ...first.armed]) say(`with ${line}`);
  for (const line of first.told) say(line);
  for (const fault of first.broken) say(`BROKEN ${fault}`);
  say(first.hash === second.hash ? `hash ${first.hash}, twice` : `hash ${first.hash}, then ${second.hash}`);
  return first.broken.length === 0 && first.hash === second.hash;
}
