import { CANARY } from '../src/simulator/canary.ts';
import type { World } from '../src/simulator/world.ts';

export const EMAIL = 'auditor@example.com';
export const TOKEN = `${CANARY}-token-4c1f`;

/** The account that audits; a world that two tenants share learns it once. */
export function auditorOf(world: World): string {
  const there = [...world.accounts.values()].find(({ email }) => email === EMAIL);
  if (there !== undefined) return there.accountId;
  const { accountId } = world.addAccount({ displayName: 'Audit Account', email: EMAIL, admin: true });
  world.addCredential({ email: EMAIL, token: TOKEN, accountId });
  return accountId;
}
