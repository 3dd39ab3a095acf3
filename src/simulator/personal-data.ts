import { answer, type SimResponse } from './api/answers.ts';
import { claimIn, gatewayTokenOf } from './identity.ts';
import type { GatewaySite } from './atlassian.ts';
import type { SimRequest } from './routes.ts';

/** What apps told of the personal data that they store, and what changed since. */
export interface PersonalData {
  /** Each report, as the account ids that were in it. */
  readonly reports: (readonly string[])[];
  /** Accounts whose name changed after every report; closed ones are known from the sites. */
  readonly changed: Set<string>;
  /** The next reports are refused for so many seconds. */
  busySeconds: number | null;
}

const MOST = 90;

/** POST /app/report-accounts/: answers with what has to be erased or looked up again, or 204 where there is nothing. */
export function answerReport(
  request: SimRequest,
  { sites, personalData, now }: { sites: readonly GatewaySite[]; personalData: PersonalData; now: () => Date },
): SimResponse {
  const claim = claimIn(request.headers['authorization']);
  const tokens = sites.flatMap(({ world }) => gatewayTokenOf(world, claim, now()) ?? []);
  if (tokens.length === 0) return answer(401, { code: 401, message: 'Unauthorized' });
  if (!tokens.some(({ scopes }) => scopes.includes('report:personal-data')))
    return answer(403, { code: 403, message: 'Forbidden' });
  if (personalData.busySeconds !== null)
    return { ...answer(429, { code: 429 }), headers: { 'retry-after': String(personalData.busySeconds) } };
  const accounts = accountsIn(request.body);
  if (accounts === null) return answer(400, { code: 400, message: 'Bad Request' });
  personalData.reports.push(accounts);
  const due = accounts.flatMap((accountId) => {
    const closed = sites.some(({ world }) => world.accounts.get(accountId)?.accountStatus === 'closed');
    if (closed) return [{ accountId, status: 'closed' }];
    return personalData.changed.has(accountId) ? [{ accountId, status: 'updated' }] : [];
  });
  const response = due.length === 0 ? { status: 204, headers: {}, body: '' } : answer(200, { accounts: due });
  return { ...response, headers: { ...response.headers, 'cycle-period': 'P7D' } };
}

/** The ids of a report in its one form; null for any other. */
function accountsIn(body: string): string[] | null {
  let given: { accounts?: unknown };
  try {
    given = JSON.parse(body) as typeof given;
  } catch {
    return null;
  }
  const { accounts } = given;
  if (!Array.isArray(accounts) || accounts.length === 0 || accounts.length > MOST) return null;
  const rows = accounts as { accountId?: unknown; updatedAt?: unknown }[];
  const whole = rows.every(
    ({ accountId, updatedAt }) =>
      typeof accountId === 'string' && typeof updatedAt === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(updatedAt),
  );
  return whole ? rows.map(({ accountId }) => String(accountId)) : null;
}
