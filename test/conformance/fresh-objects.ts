import type { Route } from '../../src/simulator/api/route.ts';
import type { Recording } from './record.ts';

const BODY = { representation: 'storage', value: '<p>Tour.</p>' };

interface Fresh {
  readonly path: string;
  readonly json?: object;
}

/** What the writes of the tour are about: objects made for each of them, and the bodies that they are sent. */
export function freshObjects({ demo }: Recording): (route: Route) => Fresh | null {
  const { world, crew } = demo;
  const by = crew.bot.accountId;
  const at = new Date('2026-01-02T03:04:05Z');
  let count = 0;
  const page = (): string => {
    count += 1;
    return world.addPage({ space: 'OPS', title: `Tour ${count}`, by, at, body: '<p>Old.</p>' }).id;
  };
  const post = (): string => world.addBlogPost({ space: 'OPS', title: 'Tour', by, at }).id;
  const comment = (): string => {
    const added = world.addComment(page(), { by, at });
    world.addComment(added.containerId, { by, at, parentId: added.id });
    return added.id;
  };
  const onPost = (): string => {
    const id = post();
    world.addComment(id, { by, at });
    return id;
  };
  const property = (): string => {
    const id = page();
    world.setProperty(id, 'tour', { value: 1, by, at });
    return `${id}/properties/${world.content(id).properties.get('tour')?.id ?? ''}`;
  };
  const comments = '/wiki/api/v2/footer-comments';
  const pages = '/wiki/api/v2/pages';
  const trashed = (): Fresh => {
    const id = page();
    world.trashPage(id);
    const json = { id, status: 'current', title: `Tour ${count}`, body: { storage: BODY }, version: { number: 2 } };
    return { path: `${pages}/${id}`, json };
  };

  const made: Readonly<Record<string, () => Fresh>> = {
    [`POST ${comments}`]: () => ({ path: comments, json: { pageId: page(), body: BODY } }),
    [`GET ${comments}/{id}`]: () => ({ path: `${comments}/${comment()}` }),
    [`GET ${comments}/{id}/children`]: () => ({ path: `${comments}/${comment()}/children` }),
    [`PUT ${comments}/{id}`]: () => ({
      path: `${comments}/${comment()}`,
      json: { version: { number: 2, message: 'Tour' }, body: { storage: BODY } },
    }),
    [`DELETE ${comments}/{id}`]: () => ({ path: `${comments}/${comment()}` }),
    'GET /wiki/api/v2/blogposts/{id}/footer-comments': () => ({
      path: `/wiki/api/v2/blogposts/${onPost()}/footer-comments`,
    }),
    [`POST ${pages}/{id}/properties`]: () => ({
      path: `${pages}/${page()}/properties`,
      json: { key: 'k', value: [1] },
    }),
    [`PUT ${pages}/{id}/properties/{propertyId}`]: () => ({
      path: `${pages}/${property()}`,
      json: { key: 'tour', value: null, version: { number: 2 } },
    }),
    [`DELETE ${pages}/{id}/properties/{propertyId}`]: () => ({ path: `${pages}/${property()}` }),
    [`PUT ${pages}/{id}`]: trashed,
    [`DELETE ${pages}/{id}`]: () => ({ path: `${pages}/${page()}` }),
    'DELETE /wiki/api/v2/blogposts/{id}': () => ({ path: `/wiki/api/v2/blogposts/${post()}` }),
    'POST /wiki/rest/api/content/archive': () => ({
      path: '/wiki/rest/api/content/archive',
      json: { pages: [{ id: Number(page()) }] },
    }),
    'GET /wiki/rest/api/longtask/{id}': () => ({
      path: `/wiki/rest/api/longtask/${world.startArchiving([page()], at).id}`,
    }),
  };
  return ({ method, template }) => made[`${method} ${template}`]?.() ?? null;
}
