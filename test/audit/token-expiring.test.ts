import { expect, it } from 'vitest';
import { nightShiftOnServer, lines } from '../night-shift.ts';
import { shelf } from './shelf.ts';

const auth = (expires: string) => ({
  type: 'basic',
  email: 'auditor@example.com',
  token: { env: 'SITE_TOKEN' },
  expires,
});

const at = (severity: string) => [`${severity} | fail | credential | site | - | - | -`];

nightShiftOnServer('the expiry calendar', (shift) => {
  it('opens a finding 30 days before, raises it at 14, 7 and 1, and resolves it once the new day is written down', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const day = (days: number) => new Date(shift.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const ends = day(32);
    tenant.configure({ auth: auth(ends) });
    const found = async () => {
      await tenant.night({ mode: 'audit' });
      const rows = (await tenant.view('open_findings')).filter(({ rule_id: id }) => id === 'token-expiring');
      return lines(rows, 'severity status subject_type subject_id page_id page_title space_key');
    };
    expect(await found()).toEqual([]);
    const seen: string[][] = [];
    for (const days of [2, 17, 6, 6, 2]) {
      shift.clock.pass({ seconds: days * 86_400 });
      seen.push(await found());
    }
    expect(seen).toEqual([at('low'), at('medium'), at('high'), at('critical'), at('critical')]);
    expect(await tenant.view('token_expiry')).toMatchObject([
      { credential: 'site', auth_type: 'basic', expires_at: expect.stringContaining(ends) as string, days_left: -2 },
    ]);
    tenant.configure({ auth: auth(day(365)) });
    expect(await found()).toEqual([]);
    const history = (await tenant.view('finding_history')).filter(({ rule_id: id }) => id === 'token-expiring');
    expect(lines(history, 'event note')).toEqual([
      'opened | -',
      'severity_changed | low -> medium',
      'severity_changed | medium -> high',
      'severity_changed | high -> critical',
      'resolved | -',
    ]);
  });

  it('warns also where the tenant could not be audited, and tells when in its health', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const soon = new Date(shift.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    tenant.configure({ auth: auth(soon) });
    world.revokeToken('auditor@example.com');
    expect(await tenant.night()).toMatchObject({ outcome: 'failed', findings: { high: 1 }, findingsNew: { high: 1 } });
    expect(await tenant.view('open_findings')).toMatchObject([
      { rule_id: 'token-expiring', evidence: { expires_at: soon, days_left: 2, auth_type: 'basic' } },
    ]);
    expect(await tenant.view('tenant_health')).toMatchObject([
      { token_expires_at: expect.stringContaining(soon) as string, open_high: 1 },
    ]);
  });

  it('is silent once the rule is off, and says that it was not solved', async () => {
    const { world } = shelf(shift.clock, { runbooks: 1 });
    const tenant = await shift.tenant(world);
    const soon = new Date(shift.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    tenant.configure({ auth: auth(soon) });
    await tenant.night();
    tenant.configure({ auth: auth(soon), rules: { 'token-expiring': 'off' } });
    await tenant.night();
    expect((await tenant.view('open_findings')).map(({ rule_id: id }) => id)).not.toContain('token-expiring');
    const history = (await tenant.view('finding_history')).filter(({ rule_id: id }) => id === 'token-expiring');
    expect(history.at(-1)).toMatchObject({ event: 'out_of_scope', note: 'The rule is off.' });
  });
});
