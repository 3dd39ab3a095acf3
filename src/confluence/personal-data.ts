import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { callHost, unreachable } from './host-call.ts';
import { parseJson } from './json.ts';

/** Whose personal data is stored, and since when it has not been looked up again. */
export interface StoredPerson {
  readonly accountId: string;
  readonly updatedAt: string;
}

/** What has to be done about some of the reported: erase a closed account, look an updated one up again. */
export interface PersonalDataAnswer {
  readonly due: readonly { readonly accountId: string; readonly status: 'closed' | 'updated' }[];
  /** After so long the same accounts are to be reported again, and not before. */
  readonly cycleMs: number;
}

/** So many accounts fit in one report. */
export const ACCOUNTS_PER_REPORT = 90;
/** The scope that a consent has to hold for it. */
export const REPORT_SCOPE = 'report:personal-data';

const PATH = '/app/report-accounts/';
const ATTEMPTS = 3;
const DAY_MS = 86_400_000;
const USUAL_CYCLE_DAYS = 7;
const LONGEST_CYCLE_DAYS = 30;
const LONGEST_WAIT_S = 86_400;

const wireAnswer = z.looseObject({
  accounts: z.array(z.looseObject({ accountId: z.string(), status: z.enum(['closed', 'updated']) })),
});

/**
 * Tells Atlassian of whom an OAuth app holds personal data: https://developer.atlassian.com/platform/forge/user-privacy-guidelines/.
 * Throws `report-refused` where the token may not, `rate-limited` and `auth-server-unreachable`.
 */
export function createPersonalDataReport(deps: {
  readonly apiBase: string;
  readonly sleep: (ms: number) => Promise<void>;
  readonly roll: () => number;
}): (accessToken: string, accounts: readonly StoredPerson[]) => Promise<PersonalDataAnswer> {
  return async (accessToken, accounts) => {
    const authorization = `Bearer ${accessToken}`;
    const request = { method: 'POST', path: PATH, json: { accounts }, authorization, attempts: ATTEMPTS } as const;
    const { status, headers, text } = await callHost(deps, deps.apiBase, request);
    if (status === 401 || status === 403) {
      throw new AuditError('report-refused', `POST ${deps.apiBase}${PATH}: refused (status ${status}).`);
    }
    if (status === 429) {
      const wait = waitSeconds(headers.get('retry-after'));
      throw new AuditError('rate-limited', `POST ${deps.apiBase}${PATH}: too many reports at once.`, {
        fields: { retryAfterSeconds: wait },
      });
    }
    const cycleMs = cycleDays(headers.get('cycle-period')) * DAY_MS;
    // Nothing to do about any of them.
    if (status === 204) return { due: [], cycleMs };
    const told = status === 200 ? wireAnswer.safeParse(parseJson(text)).data : undefined;
    if (told === undefined) throw unreachable(deps.apiBase, PATH, status);
    const asked = new Set(accounts.map(({ accountId }) => accountId));
    const due = told.accounts.filter(({ accountId }) => asked.has(accountId));
    return { due: due.map(({ accountId, status: what }) => ({ accountId, status: what })), cycleMs };
  };
}

/** `P7D`; a week where nothing sensible is said. */
function cycleDays(header: string | undefined): number {
  const days = Number(/^P(\d{1,3})D$/.exec(header?.trim() ?? '')?.[1] ?? USUAL_CYCLE_DAYS);
  return Math.min(Math.max(days, 1), LONGEST_CYCLE_DAYS);
}

function waitSeconds(header: string | undefined): number {
  const seconds = /^\d{1,9}$/.test(header ?? '') ? Number(header) : 60;
  return Math.min(Math.max(seconds, 1), LONGEST_WAIT_S);
}
