import type { TenantSettings } from '../../config/settings.ts';
import { shapeOf } from '../audit/needed-by.ts';
import { resolveGroups } from '../audit/resolve-groups.ts';
import type { Confluence } from '../confluence/client.ts';
import { neededEndpoints, scopesOf } from '../confluence/needed-endpoints.ts';
import { collect } from '../confluence/paginate.ts';
import { goesThroughGateway } from '../domain/credential.ts';
import { AuditError } from '../domain/errors.ts';
import type { Group, Space } from '../domain/inventory.ts';
import type { Need } from '../domain/rule.ts';
import { spaceChosen } from '../domain/scope.ts';
import { type Check, doubtful, fine, look } from './check.ts';
import { checkExpiry } from './check-expiry.ts';

/** What is looked at for one tenant. */
export interface Patient {
  readonly settings: TenantSettings;
  readonly confluence: Confluence;
  /** What its enabled rules need. */
  readonly needs: ReadonlySet<Need>;
  readonly now: Date;
}

/** Signs in as a tenant and reads a little of everything that an audit will read; writes nothing. Without a sign-in nothing else is said. */
export async function checkTenant(patient: Patient): Promise<readonly Check[]> {
  const { settings, confluence, needs, now } = patient;
  const about = (check: string) => ({ tenant: settings.id, check });
  const read = (check: string, found: string, work: () => Promise<unknown>) =>
    look(about(check), async () => {
      await work();
      return fine(about(check), found);
    });

  let accountId = '';
  const identity = await look(about('credential'), async () => {
    const who = await confluence.proveIdentity(null);
    accountId = who.accountId;
    return fine(about('credential'), `Accepted: the account is ${JSON.stringify(who.displayName)}.`);
  });
  const expiry = checkExpiry(about('token expiry'), settings.auth, now);
  if (identity.status === 'fail') return [identity, expiry];

  const scopes = goesThroughGateway(settings.auth.type) ? [await checkScopes(patient)] : [];
  // The other looks would each fail again for want of the same scopes.
  if (scopes.some(({ status }) => status === 'fail')) return [identity, expiry, ...scopes];

  let chosen: readonly Space[] = [];
  const spaces = await look(about('spaces'), async () => {
    const visible = await collect((cursor) => confluence.spaces({ cursor }));
    chosen = visible.filter((space) => spaceChosen(space, settings.spaces).chosen);
    const detail = `${visible.length} visible to the account, ${chosen.length} in scope.`;
    return chosen.length > 0 ? fine(about('spaces'), detail) : doubtful(about('spaces'), detail, NO_SPACES);
  });
  const [first] = chosen;
  let groups: readonly Group[] = [];
  return [
    identity,
    expiry,
    ...scopes,
    spaces,
    ...(first === undefined
      ? []
      : [
          await read('search', 'Labels and restrictions can be read.', () =>
            confluence.labelsAndRestrictions({ spaceKeys: [first.key] }),
          ),
        ]),
    await read('profiles', 'Profiles of users can be read.', () => confluence.accounts([accountId])),
    ...(needs.has('attachments')
      ? [await read('attachments', 'Attachments can be read.', () => confluence.attachments({}))]
      : []),
    ...(needs.has('comments')
      ? [await read('comments', 'Comments can be read.', () => confluence.inlineComments({}))]
      : []),
    await look(about('on-call groups'), async () => {
      groups = await resolveGroups(patient);
      return groups.length > 0
        ? fine(about('on-call groups'), `${groups.length} found.`)
        : doubtful(about('on-call groups'), 'None are configured.', NO_GROUPS);
    }),
    ...(needs.has('restrictions') && first !== undefined ? [await checkPermission(first, groups[0])] : []),
  ];

  /** Asks about a page that exists; who is asked about matters little, so long as it is somebody else. */
  function checkPermission({ id }: Space, group: Group | undefined): Promise<Check> {
    const here = about('permission check');
    return look(here, async () => {
      const [page] = (await confluence.pagesInSpace({ spaceId: id })).items;
      if (page === undefined || group === undefined)
        return fine(here, 'Not tried: it takes a page and an on-call group.');
      const answer = await confluence.checkPermission(page.id, { type: 'group', id: group.id }, 'read');
      return answer === 'not-permitted-to-ask'
        ? doubtful(here, 'The account may not ask what others may read.', NO_ADMIN)
        : fine(here, 'The account may ask what others may read.');
    });
  }
}

/** Whether the token has every scope that the rules and the mode need. */
function checkScopes({ settings, confluence, needs }: Patient): Promise<Check> {
  const about = { tenant: settings.id, check: 'scopes' };
  return look(about, async () => {
    const endpoints = neededEndpoints(shapeOf(settings, needs));
    const missing = await confluence.missingScopes(endpoints);
    if (missing.length === 0) return fine(about, `All ${scopesOf(endpoints).length} that are needed are there.`);
    throw new AuditError('scope-missing', `The token lacks ${missing.join(', ')}.`);
  });
}

const NO_SPACES = 'Let the account view the spaces, or widen spaces.include; nothing will be audited.';
const NO_GROUPS = 'Name them in readers.onCallGroups; without one nobody is told of runbooks that they cannot read.';
const NO_ADMIN = 'Make it a Confluence administrator, or accept that findings about access stay of partial confidence.';
