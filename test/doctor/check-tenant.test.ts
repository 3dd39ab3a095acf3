import { expect, it, onTestFinished } from 'vitest';
import { checkTenant } from '../../src/doctor/check-tenant.ts';
import type { Need } from '../../src/domain/rule.ts';
import { startSite } from '../../src/simulator/server.ts';
import { createWorld, type World } from '../../src/simulator/world.ts';
import type { FaultSwitches } from '../../src/simulator/faults.ts';
import { ACME, loaded, tenantOf } from '../config/workshop.ts';
import { CANARY, createTestClient } from '../confluence/test-client.ts';

const EMAIL = 'bot@example.com';
const NOW = new Date('2026-11-22T02:00:00Z');
const AT = new Date('2026-06-01T00:00:00Z');
const ON_CALL = 'defaults: { readers: { onCallGroups: [sre-oncall] } }';
const ALL: readonly Need[] = ['restrictions', 'attachments', 'comments'];

interface Case {
  readonly settings?: string;
  readonly needs?: readonly Need[];
  readonly anonymousAccess?: boolean;
  readonly change?: (world: World, auditor: string) => void;
  readonly faults?: (faults: FaultSwitches) => void;
}

/** The checks of a tenant on a sound site, as lines, after what the case changes of it. */
async function examine({ settings = ON_CALL, needs = ALL, anonymousAccess = false, change, faults }: Case = {}) {
  const world = createWorld({ id: 'clinic', anonymousAccess });
  const { accountId } = world.addAccount({ displayName: 'Audit Account', email: EMAIL, admin: true });
  world.addCredential({ email: EMAIL, token: CANARY, accountId });
  world.addGroup({ name: 'sre-oncall', members: [accountId] });
  world.addSpace({ key: 'OPS', name: 'Operations', by: accountId, at: AT });
  world.addSpace({ key: '~ann', name: 'Ann', by: accountId, at: AT, type: 'personal' });
  world.addPage({ space: 'OPS', title: 'Runbook', by: accountId, at: AT });
  change?.(world, accountId);
  const site = await startSite({ world, now: () => NOW });
  onTestFinished(() => site.close());
  faults?.(site.faults);
  await using patient = createTestClient(site.url);
  const config = loaded(`${settings}${ACME}`);
  const checks = await checkTenant({
    settings: tenantOf(config),
    confluence: patient.confluence,
    needs: new Set(needs),
    now: patient.clock.now(),
  });
  expect(site.refused).toEqual([]);
  expect(JSON.stringify(checks)).not.toContain(CANARY);
  return { checks, lines: checks.map(({ check, status, detail }) => `${check}: ${status}. ${detail}`), site };
}

const troubles = ({ lines }: Awaited<ReturnType<typeof examine>>): string[] =>
  lines.filter((line) => !line.includes(': ok. ') && !line.startsWith('token expiry'));

it('finds nothing wrong with a sound tenant, and writes nothing', async () => {
  const { checks, lines, site } = await examine();
  expect(lines).toEqual([
    'credential: ok. Accepted: the account is "Audit Account".',
    'token expiry: warn. The settings do not say when the credential ends.',
    'spaces: ok. 2 visible to the account, 1 in scope.',
    'search: ok. Labels and restrictions can be read.',
    'profiles: ok. Profiles of users can be read.',
    'attachments: ok. Attachments can be read.',
    'comments: ok. Comments can be read.',
    'on-call groups: ok. 1 found.',
    'permission check: ok. The account may ask what others may read.',
  ]);
  expect(checks.every(({ tenant, exit }) => tenant === 'acme' && exit === 0)).toBe(true);
  expect(site.requests.map(({ template }) => template).filter((template) => template.includes('/label'))).toEqual([]);
});

it('does not ask for what no rule needs', async () => {
  const { lines } = await examine({ needs: [] });
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'credential',
    'token expiry',
    'spaces',
    'search',
    'profiles',
    'on-call groups',
  ]);
});

it.each<[string, Case, RegExp, number]>([
  ['a dead token', { change: (world) => world.revokeToken(EMAIL) }, /^credential: fail\. .*(credential|401)/, 5],
  [
    'a site that answers anybody, and nobody who is signed in',
    { anonymousAccess: true, change: (world) => world.revokeToken(EMAIL) },
    /^credential: fail\. The site does not know who is asking/,
    5,
  ],
  [
    'an account that is no administrator',
    { change: (world, auditor) => world.setAdmin(auditor, false) },
    /^permission check: warn\. The account may not ask what others may read\.$/,
    0,
  ],
  [
    'an on-call group that does not exist',
    { settings: 'defaults: { readers: { onCallGroups: [nobody] } }' },
    /^on-call groups: fail\. .*"nobody"/,
    2,
  ],
  [
    'a scope that holds no space',
    { settings: 'defaults: { spaces: { include: [NONE] }, readers: { onCallGroups: [sre-oncall] } }' },
    /^spaces: warn\. 2 visible to the account, 0 in scope\.$/,
    0,
  ],
  [
    'comments that may not be read',
    {
      faults: (faults) =>
        faults.next(() => ({ status: 403, body: { message: 'no' } }), 9, 'GET /wiki/api/v2/inline-comments'),
    },
    /^comments: fail\. /,
    5,
  ],
])('says what is wrong: %s', async (_, given, trouble, exit) => {
  const result = await examine(given);
  expect(troubles(result)).toEqual([expect.stringMatching(trouble)]);
  const [found] = result.checks.filter(({ check, status }) => status !== 'ok' && check !== 'token expiry');
  expect(found).toMatchObject({ exit, advice: expect.stringMatching(/\.$/) });
});

it('says nothing more once the credential is refused', async () => {
  const { lines } = await examine({ change: (world) => world.revokeToken(EMAIL) });
  expect(lines.map((line) => line.split(':')[0])).toEqual(['credential', 'token expiry']);
});
