import { describe, expect, test } from 'vitest';
import { daysAgo, idsOf, smallSite } from './small-site.ts';

async function bigSite() {
  const small = await smallSite();
  const { world, ines } = small;
  for (let n = 0; n < 23; n += 1) {
    const page = world.addPage({ space: 'OPS', title: `Note ${n % 5}-${n}`, by: ines.accountId, at: daysAgo(90 - n) });
    world.addLabel(page.id, `topic-${n}`, ines.accountId);
    world.addLabel(page.id, 'note', ines.accountId);
    const file = { title: `${n}.png`, mediaType: 'image/png', fileSize: n, by: ines.accountId, at: daysAgo(n) };
    world.addAttachment(page.id, file);
    world.addBlogPost({ space: 'OPS', title: `News ${n}`, by: ines.accountId, at: daysAgo(n) });
    world.editPage(small.pages.runbook.id, { by: ines.accountId, at: daysAgo(80 - n) });
  }
  return small;
}

const LISTS: [string, number][] = [
  ['/wiki/api/v2/pages?limit=4', 29],
  ['/wiki/api/v2/pages?limit=7&sort=title', 29],
  ['/wiki/api/v2/pages?limit=7&sort=-title&body-format=storage', 29],
  ['/wiki/api/v2/pages?limit=3&sort=-modified-date', 29],
  ['/wiki/api/v2/pages?limit=3&sort=created-date', 29],
  ['/wiki/api/v2/blogposts?limit=5', 23],
  ['/wiki/api/v2/attachments?limit=5', 23],
  ['/wiki/api/v2/attachments?limit=5&sort=-created-date', 23],
  ['/wiki/api/v2/labels?limit=10', 25],
  ['/wiki/api/v2/labels?limit=10&sort=-name', 25],
  ['/wiki/api/v2/spaces?limit=1', 2],
  ['/wiki/api/v2/spaces?limit=1&sort=-key', 2],
];

describe('a cursor list', () => {
  test.for(LISTS)('gives every row of %s once', async ([start, expected]) => {
    const { ask, site } = await bigSite();
    const seen: string[] = [];
    let next: string | undefined = start;
    for (let guard = 0; next !== undefined && guard < 40; guard += 1) {
      const reply = await ask(next);
      expect(reply.status).toBe(200);
      seen.push(...idsOf(reply));
      next = reply.body._links.next;
    }
    expect(seen).toHaveLength(expected);
    expect(new Set(seen).size).toBe(expected);
    expect(site.refused).toEqual([]);
  });

  test('gives versions newest first, and 50 at most with bodies', async () => {
    const { ask, world, pages, ines } = await bigSite();
    for (let n = 0; n < 60; n += 1) world.editPage(pages.runbook.id, { by: ines.accountId, at: daysAgo(40 - n / 2) });
    const bare = await ask(`/wiki/api/v2/pages/${pages.runbook.id}/versions?limit=250`);
    const withBody = await ask(`/wiki/api/v2/pages/${pages.runbook.id}/versions?limit=250&body-format=storage`);
    expect(bare.body.results).toHaveLength(84);
    expect(bare.body.results[0].number).toBe(84);
    expect(withBody.body.results).toHaveLength(50);
    expect(withBody.body._links.next).toContain('cursor=');
  });

  test('links to the next page with /wiki in front, and to the base on every page', async () => {
    const { ask, site } = await bigSite();
    const first = await ask('/wiki/api/v2/spaces?limit=1');
    const last = await ask(first.body._links.next);
    const base = `<${site.url}/wiki>; rel="base"`;
    expect(first.body._links).toEqual({
      next: expect.stringMatching(/^\/wiki\/api\/v2\/spaces\?/),
      base: `${site.url}/wiki`,
    });
    expect(first.headers.get('link')).toBe(`<${first.body._links.next}>; rel="next", ${base}`);
    expect(last.headers.get('link')).toBe(base);
    expect(last.body._links).toEqual({ base: `${site.url}/wiki` });
  });

  test('does not put the cursor last in its link', async () => {
    const { ask } = await bigSite();
    const { body } = await ask('/wiki/api/v2/pages?body-format=storage&limit=2&sort=id');
    const names = [...new URL(body._links.next, 'http://x').searchParams.keys()];
    expect(names).toEqual(['body-format', 'cursor', 'limit', 'sort']);
  });

  test('moves a page that is edited in the middle of a walk by modification date', async () => {
    const { ask, world, pages, ines } = await bigSite();
    const first = await ask('/wiki/api/v2/pages?limit=20&sort=-modified-date');
    world.editPage(pages.live.id, { by: ines.accountId, at: daysAgo(0) });
    const second = await ask(first.body._links.next);
    expect([...idsOf(first), ...idsOf(second)]).not.toContain(pages.live.id);
  });

  const BAD = ['nonsense', Buffer.from('{"id":1}').toString('base64'), 'e30='];
  test.for(BAD)('refuses the cursor %s as the real site does', async (cursor) => {
    const { ask } = await bigSite();
    const { status, body } = await ask(`/wiki/api/v2/pages?cursor=${cursor}`);
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({ status: 400, code: 'INVALID_REQUEST_PARAMETER' });
    expect(body.errors[0].title).toMatch(/^Provided value for 'cursor' is not the correct type/);
  });

  test('refuses a cursor of another question', async () => {
    const { ask } = await bigSite();
    const { body } = await ask('/wiki/api/v2/pages?limit=2');
    const cursor = new URL(body._links.next, 'http://x').searchParams.get('cursor') ?? '';
    const asked = encodeURIComponent(cursor);
    expect((await ask(`/wiki/api/v2/pages?limit=2&cursor=${asked}`)).status).toBe(200);
    expect((await ask(`/wiki/api/v2/pages?limit=2&status=archived&cursor=${asked}`)).status).toBe(400);
    expect((await ask(`/wiki/api/v2/blogposts?limit=2&cursor=${asked}`)).status).toBe(400);
  });
});

test.for([',', '&id='])('takes the values of an array parameter joined by "%s"', async (joint) => {
  const { ask, pages } = await smallSite();
  const wanted = [pages.home.id, pages.open.id];
  expect(idsOf(await ask(`/wiki/api/v2/pages?id=${wanted.join(joint)}`))).toEqual(wanted);
});

test('lists by space, by title without regard to case, by subtype and at the root', async () => {
  const { ask, pages, world } = await smallSite();
  const ops = world.space('OPS').id;
  expect(idsOf(await ask('/wiki/api/v2/pages?title=QUEUE%20runbook'))).toEqual([pages.runbook.id]);
  expect(idsOf(await ask('/wiki/api/v2/pages?subtype=live'))).toEqual([pages.live.id]);
  expect(idsOf(await ask(`/wiki/api/v2/spaces/${ops}/pages?depth=root`))).toEqual([pages.home.id]);
  expect(idsOf(await ask(`/wiki/api/v2/pages?space-id=${world.space('DOCS').id}`))).toEqual([pages.open.id]);
  expect((await ask('/wiki/api/v2/spaces/424242/pages')).status).toBe(404);
});

test('gives 25 rows where no limit is asked for, and 50 attachments', async () => {
  const { ask, world, ines, pages } = await smallSite();
  const by = ines.accountId;
  for (let n = 0; n < 60; n += 1) {
    world.addPage({ space: 'OPS', title: `Extra ${n}`, by, at: daysAgo(1) });
    world.addAttachment(pages.home.id, { title: `${n}.txt`, mediaType: 'text/plain', fileSize: 1, by, at: daysAgo(1) });
  }
  expect((await ask('/wiki/api/v2/pages')).body.results).toHaveLength(25);
  expect((await ask('/wiki/api/v2/attachments')).body.results).toHaveLength(50);
});
