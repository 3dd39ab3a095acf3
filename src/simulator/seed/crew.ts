import { CANARY } from '../canary.ts';
import type { World } from '../world.ts';
import type { Account, Group } from '../world/model.ts';
import type { Profile } from './profiles.ts';

/** The people of one tenant. */
export interface Crew {
  readonly audit: Account;
  readonly email: string;
  readonly token: string;
  /** Edits pages through the API every night. */
  readonly bot: Account;
  /** Left the company; the account is inactive. */
  readonly leaver: Account;
  readonly people: readonly Account[];
  readonly onCall: Group;
  readonly platform: Group;
  /** Nobody of it is on call. */
  readonly finance: Group;
}

const emailOf = (name: string, domain: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${domain}`;

const idsOf = (accounts: readonly Account[]): string[] => accounts.map((account) => account.accountId);

/** Fills a world with accounts, groups and the credential of the audit account. */
export function addCrew(world: World, profile: Profile): Crew {
  const person = (displayName: string): Account =>
    world.addAccount({ displayName, email: emailOf(displayName, profile.domain) });
  const people = profile.people.map(person);
  const leaver = world.addAccount({ displayName: 'Gregor Maslow', accountStatus: 'inactive' });
  const bot = world.addAccount({ displayName: 'Release Notes Bot', accountType: 'app' });
  const email = `docs-audit@${profile.domain}`;
  const token = `${CANARY}-${profile.id}`;
  const audit = world.addAccount({ displayName: 'Documentation Audit', email, admin: profile.auditIsAdmin });
  world.addCredential({ email, token, accountId: audit.accountId });

  const half = Math.ceil(people.length / 2);
  const onCall = world.addGroup({ name: 'sre-oncall', members: idsOf(people.slice(0, half)) });
  const platform = world.addGroup({ name: 'platform', members: idsOf([...people.slice(half - 2, half + 2), audit]) });
  const finance = world.addGroup({ name: 'finance', members: idsOf([...people.slice(-2), audit]) });
  world.addGroup({ name: 'confluence-users', members: idsOf([...people, audit]) });
  world.addGroup({ name: 'site-admins', members: idsOf(people.slice(0, 1)) });
  // Exists in the organisation and opens no door here.
  world.addGroup({ name: 'warehouse-tablets', members: [], siteAccess: false });
  return { audit, email, token, bot, leaver, people, onCall, platform, finance };
}
