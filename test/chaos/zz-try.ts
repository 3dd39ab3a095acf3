import { takeSnapshot } from './snapshot.ts';
import { openTheatre } from './theatre.ts';
import { createPlayer } from './play-seed.ts';
import { settingOf } from './scenario.ts';
const [from = 0, to = 5] = process.argv.slice(2).map(Number);
const t = () => Math.round(performance.now());
const th = await openTheatre(await takeSnapshot());
const p = createPlayer(th);
let a = t();
let c = process.cpuUsage();
if (process.env['REF'])
  for (let v = 0; v < 8; v++) {
    a = t();
    const r = await p.referenceOf(settingOf(v));
    console.log(
      'ref',
      v,
      r.steps,
      [...r.knowledge.values()].map((k) => k.audited.length + '/' + k.written.length),
      t() - a,
    );
  }
for (let s = from; s < to; s++) {
  a = t();
  const o = await p.seed(s);
  const twice = process.env['TWICE'] ? await p.seed(s) : o;
  console.log(
    s,
    t() - a,
    'cpu',
    Math.round((process.cpuUsage().user + process.cpuUsage().system - c.user - c.system) / 1000),
    o.hash,
    twice.hash === o.hash ? '' : 'DIFFERS',
    o.steps,
    o.nights,
    o.befell.join('; '),
    '|',
    o.armed.join('; '),
  );
  for (const b of o.broken.slice(0, 6)) console.log('   BROKEN', b);
  if (process.env['LAST']) console.log(o.last.join('\n'));
}
await th.close();
