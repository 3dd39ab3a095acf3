import type { Param, Route } from '../../src/simulator/api/route.ts';
import { ROUTES } from '../../src/simulator/route-table.ts';
import { freshObjects } from './fresh-objects.ts';
import type { Recording } from './record.ts';

/** Values that a parameter takes, so many that each kind of value is sent once. */
function samples(name: string, param: Param, ids: readonly string[]): string[] {
  if (name === 'cql') return ['type = page and label = "runbook" order by created desc', 'id in (1, 2)'];
  switch (param.kind) {
    case 'flag':
      return ['true', 'false'];
    case 'choice':
      return [...param.of];
    case 'number':
      return [...new Set([Math.max(1, param.min), param.max ?? 50])].map(String);
    case 'list':
      if (param.of === 'id') return [ids.join(',')];
      return param.of === 'text' ? ['global'] : [param.of.join(',')];
    case 'text':
      return ['runbook'];
    case 'cursor':
      return [];
    default:
      return param satisfies never;
  }
}

/** What stands for the names in a path. */
function placesOf({ demo }: Recording) {
  const { world, traps, crew } = demo;
  const trap = (name: string): string => traps[name] ?? '';
  const first = (kind: string): string => [...world.contents.values()].find(({ type }) => type === kind)?.id ?? '';
  const [folder, post] = [first('folder'), first('blogpost')];
  const asked = world.comment(trap('reopenedQuestion')).containerId;
  const ids: Readonly<Record<string, readonly string[]>> = {
    spaces: [world.space('OPS').id, [...world.spaces.values()].find(({ type }) => type === 'personal')?.id ?? ''],
    pages: [trap('attested'), trap('liveRunbook'), trap('dangerousFiles'), asked],
    blogposts: [post],
    folders: [folder],
    labels: [world.labelIds.get('global:runbook') ?? ''],
    content: [trap('restrictedToOne'), trap('restrictedToOnCall')],
  };
  return (template: string): string[] => {
    const kind = Object.keys(ids).find((each) => template.includes(`/${each}/{id}`));
    const filled = template
      .replace('{groupId}', crew.onCall.id)
      .replace('{operationKey}', 'read')
      .replace('{label}', 'tour');
    return kind === undefined ? [filled] : (ids[kind] ?? []).map((id) => filled.replace('{id}', id));
  };
}

function bodyOf({ demo }: Recording, template: string): unknown {
  const { audit, bot, onCall } = demo.crew;
  if (template.endsWith('/users-bulk')) return { accountIds: [audit.accountId, bot.accountId, 'nobody'] };
  if (template.endsWith('/label')) return [{ prefix: 'global', name: 'tour' }];
  return { subject: { type: 'group', identifier: onCall.id }, operation: 'read' };
}

const required = (route: Route): [string, Param][] =>
  Object.entries(route.query).filter(([, param]) => param.kind === 'text' && param.required === true);

/** Asks every route for everything that it declares, and follows the first link to a next page as it stands. */
export async function tour(recording: Recording): Promise<void> {
  const { site, demo } = recording;
  const fill = placesOf(recording);
  const ids = [demo.traps['attested'] ?? '', demo.traps['botNightly'] ?? ''];
  const authorization = `Basic ${Buffer.from(`${demo.email}:${demo.token}`).toString('base64')}`;

  const freshFor = freshObjects(recording);

  async function ask(route: Route, target: string, given?: object): Promise<string | null> {
    const sent = given ?? bodyOf(recording, route.template);
    const json = route.body === undefined ? undefined : JSON.stringify(sent);
    const response = await fetch(site.url + target, {
      method: route.method,
      headers: { authorization, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(json === undefined ? {} : { body: json }),
    });
    const text = await response.text();
    const { _links } = (text === '' ? {} : JSON.parse(text)) as { _links?: { next?: string } };
    return _links?.next ?? null;
  }

  recording.turn('tour');
  for (const route of ROUTES.filter(({ beyondSpec }) => beyondSpec === undefined)) {
    const must = required(route).map(([name, param]): [string, string] => [name, samples(name, param, ids)[0] ?? '']);
    const fresh = freshFor(route);
    for (const path of fresh === null ? fill(route.template) : [fresh.path]) {
      await ask(route, `${path}${must.length === 0 ? '' : `?${new URLSearchParams(must).toString()}`}`, fresh?.json);
      for (const [name, param] of Object.entries(route.query)) {
        for (const value of samples(name, param, ids)) {
          const query = new URLSearchParams([...must.filter(([each]) => each !== name), [name, value]]);
          const next = await ask(route, `${path}?${query.toString()}`);
          if (next !== null && name === 'limit') await ask(route, next.startsWith('/wiki/') ? next : `/wiki${next}`);
        }
      }
    }
  }
}

/** Requests that go wrong in each way that a client meets. */
export async function wrongTurns(recording: Recording): Promise<void> {
  const { site, demo } = recording;
  const good = `Basic ${Buffer.from(`${demo.email}:${demo.token}`).toString('base64')}`;
  const send = async (method: string, target: string, authorization: string | null = good, json?: unknown) => {
    const body =
      json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
    const headers = { ...body.headers, ...(authorization === null ? {} : { authorization }) };
    await (await fetch(site.url + target, { method, ...body, headers })).arrayBuffer();
  };
  const locked = `/wiki/rest/api/content/${demo.traps['staleAndNotLabelable']}`;

  recording.turn('tour', true);
  for (const { method, template, query } of ROUTES.filter(({ method: each }) => each === 'GET')) {
    const must = Object.entries(query).flatMap(([name, param]) =>
      param.kind === 'text' && param.required === true ? [`${name}=x`] : [],
    );
    const missing = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'operationKey' ? 'read' : '4242'));
    await send(method, [missing, ...must].join('?'));
    await send(method, [missing, ...must].join('?'), null);
    await send(method, `${missing}?bogus=1`);
    if ('cursor' in query) await send(method, `${missing}?${[...must, 'cursor=bogus'].join('&')}`);
  }
  await send('POST', `${locked}/label`, good, [{ prefix: 'global', name: 'tour' }]);
  await send('POST', `${locked}/label`, good, [{ prefix: 'global', name: 'not a label' }]);
  await send('DELETE', `${locked}/label?name=tour`);
  const body = { representation: 'storage', value: '' };
  const [version, page] = [{ number: 9 }, `/wiki/api/v2/pages/${demo.traps['attested']}`];
  const comment = demo.world.addComment(demo.traps['attested'] ?? '', { by: demo.crew.bot.accountId, at: new Date(0) });
  const closed = `/wiki/api/v2/pages/${demo.traps['staleAndNotLabelable']}`;
  await send('POST', '/wiki/api/v2/footer-comments', good, { pageId: '4242', body });
  await send('POST', '/wiki/api/v2/footer-comments', good, { pageId: '4242' });
  await send('PUT', `/wiki/api/v2/footer-comments/${comment.id}`, good, { version, body });
  await send('PUT', '/wiki/api/v2/footer-comments/4242', good, { version, body });
  await send('DELETE', '/wiki/api/v2/footer-comments/4242');
  await send('PUT', page, good, { id: demo.traps['attested'], status: 'current', title: 'x', body, version });
  await send('DELETE', closed);
  await send('DELETE', '/wiki/api/v2/pages/4242');
  await send('DELETE', '/wiki/api/v2/blogposts/4242');
  await send('POST', `${page}/properties`, good, { key: 'wrong' });
  await send('POST', `${closed}/properties`, good, { key: 'wrong', value: 1 });
  await send('DELETE', `${page}/properties/4242`);
  await send('POST', '/wiki/rest/api/content/archive', good, { pages: [] });
  await send('POST', '/wiki/api/v2/users-bulk', null, { accountIds: ['a'] });
  await send('POST', `${locked}/permission/check`, good, {
    subject: { type: 'user', identifier: 'nobody' },
    operation: 'read',
  });
  site.faults.rateLimit = { perSecond: 1, burst: 0, retryAfter: 1 };
  await send('GET', '/wiki/api/v2/spaces');
  await send('GET', '/wiki/rest/api/user/current');
  site.faults.rateLimit = null;
}
