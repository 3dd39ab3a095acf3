import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { customRule } from '../../src/domain/custom-rule.ts';
import { composeHouse } from '../../src/app.ts';
import { eachNightShift, lines, type NightShift, type Tenant } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const BODIES = /body-format=storage/;
const RULE = (pattern: string) => `
title: Command without a way back
why: It cannot be undone.
severity: high
remediation: Say how to undo it.
appliesTo: pages
forbid:
  - { name: a drain, text: "${pattern}" }
reason: "The page has {found}."
`;

/** Writes the file of a rule beside the config of the program. */
async function put(shift: NightShift, tenant: Tenant, pattern: string): Promise<string> {
  const { ground } = await shift.prepare([tenant]);
  const folder = join(ground.cwd, 'rules');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'no-drain.yaml'), RULE(pattern));
  return folder;
}
const bodies = (tenant: Tenant): number => tenant.site.requests.filter(({ query }) => BODIES.test(query)).length;
const found = async (tenant: Tenant) =>
  lines(
    (await tenant.view('open_findings')).filter((row) => row['rule_id'] === 'no-drain'),
    'page_title severity reason',
  );

eachNightShift('a rule from outside', (shift) => {
  it('asks while bodies are read: all are read again once it is on, and none when nothing changed', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 1 });
    const page = { space: 'OPS', by: ann, at: shift.clock.ago(9), parentId: home };
    world.addPage({ ...page, title: 'Drains', body: '<p>Run <code>kubectl drain node-1</code>.</p>' });
    world.addPage({ ...page, title: 'Cordons', body: '<p>Run <code>kubectl cordon node-1</code>.</p>' });
    const off = { mode: 'audit', rules: { 'stale-runbook': {} } };
    const tenant = await shift.tenant(world, off);
    await tenant.night();
    const folder = await put(shift, tenant, 'kubectl +drain');
    try {
      // The file alone changes nothing.
      const before = bodies(tenant);
      await tenant.night();
      expect(bodies(tenant)).toBe(before);

      tenant.configure({ ...off, rules: { ...off.rules, 'no-drain': { severity: 'critical' } } });
      expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
      expect(await found(tenant)).toEqual(['Drains | critical | The page has a drain.']);
      const read = bodies(tenant);
      expect(read).toBeGreaterThan(before);
      await tenant.night();
      expect(bodies(tenant)).toBe(read);

      // Another pattern is another question.
      await put(shift, tenant, 'kubectl +cordon');
      expect(await tenant.night()).toMatchObject({ findingsResolved: 1 });
      expect(await found(tenant)).toEqual(['Cordons | critical | The page has a drain.']);

      // Off again, it costs nothing more.
      const last = bodies(tenant);
      tenant.configure(off);
      await tenant.night();
      expect([bodies(tenant), await found(tenant)]).toEqual([last, []]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('shows what it would find before it counts, and leaves nothing behind', async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 2 });
    const at = shift.clock.ago(9);
    world.addPage({ space: 'OPS', title: 'Drains', by: ann, at, parentId: home, body: '<p>kubectl drain</p>' });
    const tenant = await shift.tenant(world, { mode: 'audit' });
    await tenant.night();
    const before = [await tenant.view('open_findings'), await tenant.view('unjudged')];
    const { ground, settings } = await shift.prepare([tenant]);
    const house = await composeHouse(ground, settings, shift.database().store);
    const rule = customRule({
      id: 'no-drain',
      title: 'Drain',
      why: 'Why.',
      severity: 'low',
      remediation: 'Do.',
      appliesTo: 'pages',
      match: { spaces: [], labels: [], titles: [] },
      require: [],
      forbid: [{ name: null, text: 'drain' }],
      reason: null,
    });
    const tried = await house.tryRule(settings.config.tenants[0] as never, rule);
    expect(tried).toMatchObject({ judged: 4, unjudged: 0, requests: 1 });
    expect(tried.found.map(({ page, result }) => [page.page.title, result.reason])).toEqual([
      ['Drains', 'The page has text like "drain", which it must not have.'],
    ]);
    expect([await tenant.view('open_findings'), await tenant.view('unjudged')]).toEqual(before);
  });
});
