import { describe, expect, test } from 'vitest';
import { parseCql } from '../../src/simulator/cql.ts';
import { daysAgo, idsOf, NOW, smallSite } from './small-site.ts';

const search = (cql: string, rest = ''): string =>
  `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}&limit=100${rest}`;

describe('CQL', () => {
  const BAD = [
    '',
    'space',
    'space =',
    'space = "OPS',
    'colour = "red"',
    'space ~ "OPS"',
    'space = "OPS" or type = page',
    'space in ("OPS", )',
    'space in ("OPS"',
    'type = page order by title',
    'type = page order id',
    'space = "OPS" "DOCS"',
    "space = 'OPS'",
    'status = archived',
  ];
  test.for(BAD)('refuses %s with a message', (cql) => {
    expect(parseCql(cql)).toEqual({ ok: false, message: expect.stringMatching(/./) });
  });

  test('reads escapes, so that a quoted value stays one value', () => {
    const parsed = parseCql(
      String.raw`space = "A\" or type = \"page" AND label IN (one, "two \\ three") order by created DESC`,
    );
    expect(parsed).toEqual({
      ok: true,
      query: {
        all: [
          { field: 'space', anyOf: ['A" or type = "page'] },
          { field: 'label', anyOf: ['one', String.raw`two \ three`] },
        ],
        order: { field: 'created', descending: true },
      },
    });
  });
});

describe('content search', () => {
  test('finds by space, type, id and label', async () => {
    const { ask, pages, world, ines } = await smallSite();
    const post = world.addBlogPost({ space: 'OPS', title: 'News', by: ines.accountId, at: daysAgo(3) });
    const { home, runbook, live, locked, below, open } = pages;
    const ops = [home.id, runbook.id, live.id, locked.id, below.id];
    const cases: [string, string[]][] = [
      ['space = "OPS"', [...ops, post.id]],
      ['space = ops and type = page', ops],
      ['type in (page, blogpost) and space in ("OPS", DOCS)', [...ops, open.id, post.id]],
      [`id in (${runbook.id}, ${open.id}, 4711)`, [runbook.id, open.id]],
      ['label = "runbook"', [runbook.id]],
      ['space = "NOWHERE"', []],
      ['type = page and space = OPS order by id desc', ops.toReversed()],
    ];
    for (const [cql, wanted] of cases) expect([cql, idsOf(await ask(search(cql)))]).toEqual([cql, wanted]);
  });

  test('never finds archived or invisible pages, nor those of archived spaces unless asked', async () => {
    const { ask, world, pages } = await smallSite();
    world.archivePage(pages.runbook.id);
    world.setSpaceStatus('DOCS', 'archived');
    const ids = idsOf(await ask(search('type = page')));
    expect(ids).not.toContain(pages.runbook.id);
    expect(ids).not.toContain(pages.secret.id);
    expect(ids).not.toContain(pages.open.id);
    expect(idsOf(await ask(search('type = page', '&includeArchivedSpaces=true')))).toContain(pages.open.id);
  });

  test('shows labels and the own restrictions of a page when asked to', async () => {
    const { ask, pages, world, leads, ines } = await smallSite();
    world.setUpdateRestriction(pages.locked.id, { users: [ines.accountId] });
    const lists = ['read', 'update'].flatMap((op) =>
      ['user', 'group'].map((of) => `restrictions.${op}.restrictions.${of}`),
    );
    const expand = `&expand=${['metadata.labels', ...lists].join(',')}`;
    const [row] = (await ask(search(`id = ${pages.locked.id}`, expand))).body.results;
    expect(row.restrictions.read.restrictions.group.results).toMatchObject([{ id: leads.id }]);
    expect(row.restrictions.read.restrictions.user).toEqual({ results: [], start: 0, limit: 200, size: 0 });
    expect(row.restrictions.update.restrictions.user.results).toMatchObject([{ accountId: ines.accountId }]);
    const [runbook] = (await ask(search('label = runbook', expand))).body.results;
    expect(runbook.metadata.labels.results).toMatchObject([{ prefix: 'global', name: 'runbook', label: 'runbook' }]);
    expect(Object.keys(runbook._expandable)).toContain('version');
  });

  test('shows ancestors from the root down, version, space and history', async () => {
    const { ask, pages, ines } = await smallSite();
    const { body } = await ask(search(`id = ${pages.below.id}`, '&expand=ancestors,version,space,history'));
    const [row] = body.results;
    expect(row.ancestors.map((node: { id: string }) => node.id)).toEqual([pages.home.id, pages.locked.id]);
    expect(row.version).toMatchObject({
      number: 1,
      when: daysAgo(100).toISOString(),
      by: { accountId: ines.accountId },
    });
    expect(row.space.key).toBe('OPS');
    expect(row.history.createdBy.accountId).toBe(ines.accountId);
    expect(row.restrictions).toBeUndefined();
  });

  test('cuts the limit at the caps of the site and goes on by cursor', async () => {
    const { ask, world } = await smallSite({ searchCaps: { plain: 4, expanded: 2, body: 1 } });
    for (const [expand, size] of [
      ['', 4],
      ['&expand=version', 2],
      ['&expand=version,body.storage', 1],
    ] as const) {
      const seen: string[] = [];
      let target: string | null = search('type = page', expand);
      for (let guard = 0; target !== null && guard < 12; guard += 1) {
        const { body }: { body: { limit: number; results: { id: string }[]; _links: { next?: string } } } =
          await ask(target);
        expect(body.limit).toBe(size);
        seen.push(...body.results.map((row) => row.id));
        expect(body._links.next ?? '/rest/api/content/search?').toMatch(/^\/rest\/api\/content\/search\?/);
        target = body._links.next === undefined ? null : `/wiki${body._links.next}`;
      }
      expect(seen).toHaveLength(new Set(seen).size);
      expect(seen).toHaveLength([...world.contents.values()].length - 1);
    }
  });

  test('takes no notice of start', async () => {
    const { ask, site } = await smallSite();
    expect(idsOf(await ask(search('type = page', '&start=3')))).toEqual(idsOf(await ask(search('type = page'))));
    expect(site.refused).toEqual([]);
  });

  test('does not find a page that is younger than the lag of the index', async () => {
    const { ask, world, ines, setNow } = await smallSite({ searchLagMs: 60_000 });
    const fresh = world.addPage({ space: 'OPS', title: 'Fresh', by: ines.accountId, at: NOW });
    expect(idsOf(await ask(search(`id = ${fresh.id}`)))).toEqual([]);
    expect(idsOf(await ask('/wiki/api/v2/pages?title=fresh'))).toEqual([fresh.id]);
    setNow(new Date(NOW.getTime() + 60_000));
    expect(idsOf(await ask(search(`id = ${fresh.id}`)))).toEqual([fresh.id]);
  });

  test('answers bad CQL and a foreign cursor with 400', async () => {
    const { ask, site } = await smallSite();
    const bad = await ask(search('title ~ "x"'));
    expect([bad.status, bad.body.statusCode]).toEqual([400, 400]);
    expect((await ask(search('type = page', '&cursor=abc'))).status).toBe(400);
    expect(site.refused).toMatchObject([{ why: expect.stringMatching(/^CQL: /) }]);
  });
});
