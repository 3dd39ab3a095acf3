import { cpuUsage } from 'node:process';
import { readBody } from '../../../src/domain/body-facts.ts';
import type { BodyFacts } from '../../../src/domain/facts.ts';
import { judgePage } from '../../../src/domain/judge.ts';
import type { PageRule, PageView } from '../../../src/domain/rule.ts';
import { loadRules } from '../../../src/rules/load-rules.ts';
import { createKeywordFilter } from '../../../src/scan/keywords.ts';
import { createBodyScans } from '../../../src/scan/scan-body.ts';
import { NOTE_TEXTS } from '../../corpus/note-texts.ts';
import { corpusWorld } from '../../corpus/world.ts';
import { attachment, label, NOW, pageView } from '../../page-view.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { median, rounds } from '../figures.ts';

const BODY = 8_000;
const CONTEXT = {
  now: NOW,
  onCallGroups: [{ id: 'g', name: 'sre-oncall' }],
  auditAccountId: null,
  labelWords: ['runbook'],
};
const scan = createBodyScans({ key: new Uint8Array(32).fill(7) })('bench');

/** The bodies of the corpus, each made as long as a real one by paragraphs of pages in which nothing is suspect. */
function bodiesOf(length: number): readonly string[] {
  const { pages } = corpusWorld(createSimulatedClock('2026-11-02T02:00:00.000Z'));
  const suspects = createKeywordFilter();
  const texts = pages.map(({ body }) => body).filter((body) => body.length > 200 && !readBody(body).facts.damaged);
  const prose = NOTE_TEXTS.flatMap(([, ...paragraphs]) => paragraphs.map((paragraph) => `<p>${paragraph}</p>`)).filter(
    (paragraph) => !(suspects(paragraph).own || suspects(paragraph).providers),
  );
  return texts.map((text, index) => {
    let body = text;
    for (let next = index; body.length < length; next += 1) body += prose[next % prose.length] ?? '';
    // In one piece, as the JSON of an answer gives it.
    return String(JSON.parse(JSON.stringify(body)));
  });
}

async function read(body: string): Promise<BodyFacts> {
  const { facts, text } = readBody(body);
  return { ...facts, secrets: await scan(text) };
}

const viewOf = (facts: BodyFacts, index: number): PageView =>
  pageView({
    facts,
    isRunbook: index % 2 === 0,
    labels: [label('runbook'), label('team-web')],
    attachments: [attachment('flow.png'), attachment('plan.pdf', { id: 'att2' })],
  });

function judgeAll(rules: readonly PageRule[], views: readonly PageView[]): number {
  let results = 0;
  for (const view of views) {
    for (const rule of rules) {
      results += judgePage(rule, view, CONTEXT, { severity: rule.severity, options: {} }).length;
    }
  }
  return results;
}

/** CPU seconds of this process; the garbage collector's threads count. */
async function spent(work: () => unknown): Promise<number> {
  const before = cpuUsage();
  await work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1e6;
}

/** What a page takes from its body to the verdicts, and each rule of it; a line each. */
async function measure(tell: (line: string) => void): Promise<void> {
  const all = [...(await loadRules()).values()];
  const rules = all.filter((rule) => rule.kind === 'page');
  const bodies = bodiesOf(BODY);
  const size = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / bodies.length;
  const work = Array.from({ length: 10 }, () => bodies).flat();
  const wall: number[] = [];
  const cpu = { facts: [] as number[], reading: [] as number[], judging: [] as number[] };
  let views: PageView[] = [];
  for (let round = 0; round < rounds(5); round += 1) {
    cpu.facts.push(
      await spent(() => {
        for (const body of work) readBody(body);
      }),
    );
    const started = performance.now();
    views = [];
    cpu.reading.push(
      await spent(async () => {
        for (const [index, body] of work.entries()) views.push(viewOf(await read(body), index));
      }),
    );
    cpu.judging.push(await spent(() => judgeAll(rules, views)));
    wall.push((performance.now() - started) / 1_000);
  }
  const perSecond = work.length / median(wall);
  tell(
    `${work.length} bodies of ${Math.round(size)} bytes: ${Math.round(perSecond)} pages a second from body to verdicts`,
  );
  tell(
    `CPU: facts ${micro(median(cpu.facts), work.length)} µs a page, with the search for secrets ${micro(median(cpu.reading), work.length)} µs, judging by ${rules.length} rules ${micro(median(cpu.judging), work.length)} µs`,
  );
  tell('| rule | µs a page |\n|---|---|');
  for (const rule of rules) {
    const times: number[] = [];
    for (let round = 0; round < rounds(5); round += 1) times.push(await spent(() => judgeAll([rule], views)));
    tell(`| \`${rule.id}\` | ${micro(median(times), views.length)} |`);
  }
}

const micro = (seconds: number, pages: number): string => ((seconds * 1e6) / pages).toFixed(1);

const lines: string[] = [];
await measure((line) => lines.push(line));
process.send?.(lines);
