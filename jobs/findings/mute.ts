import type { Acting } from '../../src/domain/act.ts';
import { AuditError } from '../../src/domain/errors.ts';
import { MAX_MUTE_DAYS, muteEnd } from '../../src/domain/mute.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { createRandom } from '../../src/runtime/random.ts';
import { recordAct } from '../../src/store/acts.ts';
import type { Store } from '../../src/store/db.ts';
import { addMute, endMutes, settleMutes } from '../../src/store/mutes.ts';
import { tenantOfFinding } from '../../src/store/one-finding.ts';
import { readTenants } from '../../src/store/tenants.ts';

interface Deps {
  readonly store: Store;
  readonly now: Date;
}

interface Asked {
  readonly id: string | undefined;
  readonly baseline: boolean;
  readonly tenant?: string | undefined;
  readonly rule?: string | undefined;
  readonly space?: string | undefined;
  readonly page?: string | undefined;
  readonly label?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
  readonly expires?: string | undefined;
}

/** Accepts one finding, those that fit patterns, or all that are open, from now until a day; says how many that are. */
export async function muteByHand({ store, now }: Deps, asked: Asked): Promise<string> {
  const { reason, by, expires, id } = asked;
  if (reason === undefined || by === undefined || expires === undefined)
    throw wrong(
      '--reason, --by and --expires are required: what is accepted is accepted by somebody, for a reason, for a while',
    );
  if (muteEnd(expires) <= now) throw wrong(`--expires ${expires} has passed`);
  if (muteEnd(expires).getTime() - now.getTime() > (MAX_MUTE_DAYS + 1) * 86_400_000)
    throw wrong(`--expires ${expires} is more than ${MAX_MUTE_DAYS} days ahead; look at it again before that`);
  const { rule = null, space = null, page = null, label = null } = asked;
  const patterns = [rule, space, page, label].filter((pattern) => pattern !== null);
  if (asked.baseline ? id !== undefined || patterns.length > 0 : (id === undefined) === (patterns.length === 0))
    throw wrong(
      asked.baseline
        ? 'a baseline takes all that is open; mute takes some of it'
        : 'say either the id of a finding, or --rule, --space, --page, --label',
    );
  const tenant = await tenantOf(store, asked);
  const muteId = createRandom({ now: () => now }).id();
  const mute = { findingId: id ?? null, rule, space, page, label, reason, by, expires };
  const held = await store.withTenant(tenant, async (tx) => {
    const action = asked.baseline ? 'findings-baseline' : 'finding-mute';
    await recordAct(tx, acting(now), { action, subject: muteId, reason, detail: { by, expires } });
    const taken = await addMute(tx, { mute, muteId, source: asked.baseline ? 'baseline' : 'command' });
    return taken + (await settleMutes(tx, null)).muted;
  });
  return `Muted until ${expires} (${muteId}): ${held} finding(s) of ${tenant} now.\n`;
}

/** Ends a mute, by its id or that of its finding. */
export async function unmuteByHand({ store, now }: Deps, asked: Asked): Promise<string> {
  const { id, by } = asked;
  if (id === undefined || by === undefined) throw wrong('unmute needs the id of a finding or a mute, and --by');
  const tenants =
    asked.tenant === undefined ? (await store.withFleet(readTenants)).map((each) => each.tenantId) : [asked.tenant];
  for (const tenant of tenants) {
    const settled = await store.withTenant(tenant, async (tx) => {
      if ((await endMutes(tx, { id, by })) === 0) return null;
      await recordAct(tx, acting(now), { action: 'finding-unmute', subject: id, detail: { by } });
      return settleMutes(tx, null);
    });
    if (settled !== null) return `Lifted: ${settled.unmuted} finding(s) of ${tenant} are open again.\n`;
  }
  throw wrong(
    `no mute in force has the id ${id.slice(0, 60)}, or holds that finding alone; one of the configuration is lifted there`,
  );
}

async function tenantOf(store: Store, { id, tenant }: Asked): Promise<string> {
  const found = id === undefined ? (tenant ?? null) : await tenantOfFinding(store, id);
  if (found === null) throw wrong(id === undefined ? '--tenant is required' : `there is no finding ${id.slice(0, 60)}`);
  const known = (await store.withFleet(readTenants)).map((each) => each.tenantId);
  if (!known.includes(found)) throw wrong(`--tenant ${found}: the database has no such tenant`);
  return found;
}

const acting = (now: Date): Acting => createActing({ now: () => now });

const wrong = (why: string): AuditError => new AuditError('arguments-invalid', `${why}.`);
