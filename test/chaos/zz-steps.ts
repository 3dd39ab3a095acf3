import { takeSnapshot } from './snapshot.ts';
import { openTheatre } from './theatre.ts';
import { createPlayer } from './play-seed.ts';
import { settingOf } from './scenario.ts';
const [variant = 0, from = 1, to = 10, deed = 'die'] = process.argv.slice(2).map((x, i) => (i < 3 ? Number(x) : x)) as [
  number,
  number,
  number,
  string,
];
const th = await openTheatre(await takeSnapshot());
const p = createPlayer(th);
const setting = settingOf(variant);
for (let k = from; k <= to; k++) {
  const d = deed === 'pause' ? { does: 'pause', ms: 70000 } : { does: deed };
  const o = await p.play('x', {
    ...setting,
    seed: 1,
    deeds: [new Map([[k, d as never]])],
    rivalAfter: null,
    edits: [],
    siteFaults: 0,
    clockSteps: [],
  });
  if (o.broken.length) {
    console.log(k, o.befell.join(';'));
    for (const b of o.broken.slice(0, 6)) console.log('   BROKEN', b);
  }
}
console.log('done', Math.round(performance.now()), process.cpuUsage().user / 1e6);
await th.close();
