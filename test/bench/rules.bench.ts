import { expect, it, vi } from 'vitest';
import { loadRules } from '../../src/rules/load-rules.ts';
import { corpusTenant } from '../corpus/corpus-tenant.ts';
import { scores } from '../corpus/score.ts';
import { eachNightShift } from '../night-shift.ts';
import { tell } from './figures.ts';
import { told } from './own-process.ts';

vi.setConfig({ testTimeout: 600_000 });

eachNightShift('the labelled corpus', (shift) => {
  it('precision and recall of each rule, and each miss', async () => {
    if (shift.database().url === null) return;
    const { tenant, pages } = await corpusTenant(shift);
    await tenant.night();
    tell(
      `corpus: ${pages.length} pages, audited by every rule\n| rule | right | wrong | overlooked | precision | recall |\n|---|---|---|---|---|---|`,
    );
    for (const each of scores((await loadRules()).keys(), pages, await tenant.view('open_findings'))) {
      const { ruleId, right, wrong, overlooked, precision, recall, misses } = each;
      tell(`| \`${ruleId}\` | ${right} | ${wrong} | ${overlooked} | ${precision.toFixed(3)} | ${recall.toFixed(3)} |`);
      for (const miss of misses) tell(miss);
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.99);
    }
  });
});

it('pages a second from the body to the verdicts, and CPU for each rule', async () => {
  // As Node runs it: what a test runner makes of modules is several times slower.
  const { message, ended } = await told('rules/speed.ts', []);
  for (const line of message as readonly string[]) tell(line);
  expect((await ended)[0]).toBe(0);
});
