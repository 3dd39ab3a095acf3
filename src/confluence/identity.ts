import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { CallFailure } from './call-failure.ts';
import { ENDPOINTS } from './endpoints.ts';
import { orNull, wireText } from './wire.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';

export interface CurrentUser {
  readonly accountId: string;
  readonly displayName: string;
  /** `known` for every account that is signed in. */
  readonly type: string;
}

export interface Identity {
  /** Who the credential is. A site that is open to the public answers 200 to anybody: then this throws `auth-anonymous`. */
  currentUser(): Promise<CurrentUser>;
  /** The same, looked at twice before it is called dead, and compared with the account of last time. */
  prove(expectedAccountId: string | null): Promise<{ accountId: string; displayName: string }>;
  /** Proves again what was proven first; callers at the same time share one look. */
  confirm(): Promise<void>;
}

/** Under load Confluence answers for a while as if the credential were dead; so the second look comes a little later. */
const SECOND_LOOK_MS = 3_000;

const wireUser = z.looseObject({
  type: z.string(),
  accountId: orNull(wireText),
  displayName: orNull(wireText),
  publicName: orNull(wireText),
});

export function createIdentity(deps: {
  readonly ask: Ask;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}): Identity {
  let proven: string | null = null;
  let confirming: Promise<void> | null = null;

  async function currentUser(): Promise<CurrentUser> {
    const user = readObject(await deps.ask({ endpoint: ENDPOINTS.currentUser }), wireUser);
    const { type, accountId } = user;
    if (type !== 'known' || accountId === null || accountId === '') {
      throw new AuditError('auth-anonymous', 'The site does not know who is asking: the credential is not accepted.');
    }
    return { type, accountId, displayName: user.displayName ?? user.publicName ?? accountId };
  }

  async function lookTwice(): Promise<CurrentUser> {
    try {
      return await currentUser();
    } catch (error) {
      if (!isDoubtful(error)) throw error;
      // A stop signal ends the wait; the call that follows then says so.
      await deps.sleep(SECOND_LOOK_MS, deps.signal).catch(() => undefined);
      return await currentUser();
    }
  }

  async function prove(expected: string | null): Promise<{ accountId: string; displayName: string }> {
    const { accountId, displayName } = await lookTwice();
    if (expected !== null && accountId !== expected) {
      throw new AuditError(
        'site-changed',
        `The credential belongs to account ${accountId}, last time it was ${expected}.`,
      );
    }
    proven = accountId;
    return { accountId, displayName };
  }

  return {
    currentUser,
    prove,
    confirm() {
      confirming ??= prove(proven)
        .then(() => undefined)
        .finally(() => {
          confirming = null;
        });
      return confirming;
    },
  };
}

/** A 401 is never tried twice: repeated failures lock accounts. */
const isDoubtful = (error: unknown): boolean =>
  (error instanceof CallFailure && error.doubtful && error.status !== 401) ||
  (error instanceof AuditError && error.code === 'auth-anonymous');
