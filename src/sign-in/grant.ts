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

/**
 * What came from the authorization server, by the clock of the database: that of a process may be hours off, and a grant is for all
 * of them. An answer without a new refresh token leaves the old one in force.
 */
export function grantOf(
  { accessToken, refreshToken, expiresAt }: Tokens,
  given: {
    readonly before: string;
    readonly now: () => Date;
    readonly roll: () => number;
    /** How many milliseconds the database is ahead of this process. */
    readonly ahead: number;
  },
): Grant {
  const { before, now, roll, ahead } = given;
  const ends = later(expiresAt, ahead);
  const renewAt = renewalOf(ends, later(now(), ahead), roll());
  return { accessToken, refreshToken: refreshToken ?? before, expiresAt: ends, renewAt };
}

export const later = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);
