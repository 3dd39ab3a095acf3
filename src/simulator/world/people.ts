import { stableUuid } from './identifiers.ts';
import type { Account, GatewayToken, Group, WorldState } from './model.ts';

type NewAccount = Pick<Account, 'displayName'> & Partial<Account>;

/** The verbs about accounts, groups and credentials. */
export function peopleVerbs(state: WorldState) {
  const account = (accountId: string): Account => {
    const found = state.accounts.get(accountId);
    if (found === undefined) throw new Error(`no account ${accountId}`);
    return found;
  };
  const group = (idOrName: string): Group => {
    const found = state.groups.get(idOrName) ?? [...state.groups.values()].find((each) => each.name === idOrName);
    if (found === undefined) throw new Error(`no group ${idOrName}`);
    return found;
  };

  return {
    account,
    /** A group by its id or its name. */
    group,
    addAccount(given: NewAccount): Account {
      const accountId = given.accountId ?? `712020:${stableUuid(state.id, 'account', given.displayName)}`;
      if (state.accounts.has(accountId)) throw new Error(`account ${accountId} exists`);
      const added: Account = {
        email: '',
        accountType: 'atlassian',
        accountStatus: 'active',
        admin: false,
        guest: false,
        timeZone: 'Etc/UTC',
        ...given,
        accountId,
      };
      state.accounts.set(accountId, added);
      return added;
    },
    setAccountStatus(accountId: string, status: Account['accountStatus']): void {
      account(accountId).accountStatus = status;
    },
    setAdmin(accountId: string, admin: boolean): void {
      account(accountId).admin = admin;
    },
    addGroup(given: { name: string; id?: string; members?: readonly string[]; siteAccess?: boolean }): Group {
      const id = given.id ?? stableUuid(state.id, 'group', given.name);
      const added = { id, name: given.name, members: new Set(given.members), siteAccess: given.siteAccess ?? true };
      state.groups.set(id, added);
      return added;
    },
    addToGroup(idOrName: string, accountId: string): void {
      group(idOrName).members.add(accountId);
    },
    removeFromGroup(idOrName: string, accountId: string): void {
      group(idOrName).members.delete(accountId);
    },
    addCredential(given: { email: string; token: string; accountId: string }): void {
      state.credentials.set(given.email, { ...given, revoked: false });
    },
    /** A scoped API token (with an e-mail address), the key of a service account or an OAuth access token. */
    addGatewayToken(
      given: Pick<GatewayToken, 'token' | 'accountId' | 'scopes'> & Partial<Pick<GatewayToken, 'email' | 'expiresAt'>>,
    ): void {
      state.gatewayTokens.set(given.token, { email: null, expiresAt: null, ...given, revoked: false });
    },
    revokeGatewayToken(token: string): void {
      const found = state.gatewayTokens.get(token);
      if (found === undefined) throw new Error('no such token at the gateway');
      found.revoked = true;
    },
    revokeToken(email: string): void {
      const credential = state.credentials.get(email);
      if (credential === undefined) throw new Error(`no credential for ${email}`);
      credential.revoked = true;
    },
  };
}
