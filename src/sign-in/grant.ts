import { z } from 'zod';
import type { Tokens } from '../confluence/auth-server.ts';
import type { SealContext } from '../vault/vault.ts';
import { renewalOf, type Timed } from './fresh-token.ts';

/** A tenant has one way to sign in, so one credential. */
export const CREDENTIAL_ID = 'sign-in';
const PURPOSE = 'oauth-grant';

/** What a consent gave us: two tokens of which the second makes new ones and is replaced each time. */
export interface Grant extends Timed {
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/** The tenant as far as a secret is sealed for it. */
export interface GrantOwner {
  readonly id: string;
  readonly site: string;
}

export const contextOf = ({ id, site }: GrantOwner, purpose: string = PURPOSE): SealContext => ({
  tenantId: id,
  site,
  credentialId: CREDENTIAL_ID,
  purpose,
});

const instant = z.iso.datetime().transform((text) => new Date(text));
const shape = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: instant,
  renewAt: instant,
});

/** The text that is sealed. */
export const writeGrant = (grant: Grant): string => JSON.stringify(grant);

/** Reads what `writeGrant` wrote. */
export const readGrant = (text: string): Grant => shape.parse(JSON.parse(text));

/** An answer without a new refresh token leaves the old one in force. */
export const grantOf = (
  { accessToken, refreshToken, expiresAt }: Tokens,
  { before, now, roll }: { readonly before: string; readonly now: () => Date; readonly roll: () => number },
): Grant => ({
  accessToken,
  refreshToken: refreshToken ?? before,
  expiresAt,
  renewAt: renewalOf(expiresAt, now(), roll()),
});
