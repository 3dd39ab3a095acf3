import { expect, it, onTestFinished } from 'vitest';
import { createAuthorize } from '../../src/confluence/auth.ts';
import { type Endpoint, ENDPOINTS } from '../../src/confluence/endpoints.ts';
import { scopesOf } from '../../src/confluence/needed-endpoints.ts';
import { startAtlassian } from '../../src/simulator/atlassian.ts';
import { smallSite } from '../simulator/small-site.ts';
import { CANARY, createTestClient } from './test-client.ts';

const ALL: readonly Endpoint[] = Object.values(ENDPOINTS);

/** A client through the gateway whose token has these scopes. */
async function clientWith(scopes: readonly string[]) {
  const { site, world, audit } = await smallSite();
  const atlassian = await startAtlassian({ sites: [site], now: () => new Date() });
  onTestFinished(() => atlassian.close());
  world.addGatewayToken({ token: CANARY, accountId: audit.accountId, scopes });
  const client = createTestClient(site.url, {
    authorize: createAuthorize({ type: 'bearer', token: CANARY }),
    apiBase: atlassian.url,
    cloudId: async () => world.cloudId,
  });
  onTestFinished(() => client.confluence.close());
  return { ...client, site, world };
}

it('finds every scope missing with none, and none missing with all, for each operation that is known', async () => {
  const none = await clientWith([]);
  expect(await none.confluence.missingScopes(ALL)).toEqual(scopesOf(ALL));
  const every = await clientWith(scopesOf(ALL));
  expect(await every.confluence.missingScopes(ALL)).toEqual([]);
});

it('can be asked by any operation of a scope, changes nothing on the site, and asks nothing that the documents do not know', async () => {
  const { confluence, site, world } = await clientWith(scopesOf(ALL));
  const all = () => structuredClone([[...world.contents], [...world.comments], [...world.archiveJobs]]);
  const before = all();
  for (const endpoint of ALL) expect(await confluence.missingScopes([endpoint])).toEqual([]);
  expect(site.requests).toHaveLength(ALL.length);
  expect(site.refused).toEqual([]);
  expect(all()).toEqual(before);
});

it('names only what is missing', async () => {
  const { confluence } = await clientWith(scopesOf(ALL).filter((scope) => !scope.startsWith('write:')));
  expect(await confluence.missingScopes(ALL)).toEqual([
    'write:comment:confluence',
    'write:confluence-content',
    'write:page:confluence',
  ]);
});

it('does not take a dead token for a lack of scopes', async () => {
  const { confluence, world } = await clientWith([]);
  world.revokeGatewayToken(CANARY);
  await expect(confluence.missingScopes(ALL)).rejects.toMatchObject({ code: 'auth-invalid', status: 401 });
});

it('names the scope of the operation when the gateway refuses it without a word, and the token is well', async () => {
  const { confluence, site } = await clientWith(scopesOf(ALL));
  site.faults.next(() => ({ status: 401, body: '' }), 9, 'GET /wiki/api/v2/attachments');
  await expect(confluence.attachments({})).rejects.toMatchObject({
    code: 'scope-missing',
    message: expect.stringContaining('It takes the scope read:attachment:confluence.'),
  });
  expect(await confluence.spaces({})).toMatchObject({ received: 2 });
});
