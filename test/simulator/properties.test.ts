import { expect, test } from 'vitest';
import { idsOf, NOW, smallSite } from './small-site.ts';

async function marked() {
  const small = await smallSite();
  const of = `/wiki/api/v2/pages/${small.pages.runbook.id}/properties`;
  const add = (json: object) => small.ask(of, { method: 'POST', json });
  const made = await add({ key: 'docaudit', value: { stale: true } });
  const one = `${of}/${made.body.id}`;
  const change = (number: number, key = 'docaudit') =>
    small.ask(one, { method: 'PUT', json: { key, value: 7, version: { number } } });
  return { ...small, of, add, made, one, change };
}

test('a property is made, found by its key, and makes no version of its page', async () => {
  const { ask, of, made, world, pages, audit } = await marked();
  expect(made).toMatchObject({
    status: 200,
    body: { key: 'docaudit', value: { stale: true }, version: { number: 1, createdAt: NOW.toISOString() } },
  });
  const [row] = (await ask(`${of}?key=docaudit`)).body.results;
  expect(row).toMatchObject({ id: made.body.id, version: { authorId: audit.accountId } });
  expect(idsOf(await ask(`${of}?key=other`))).toEqual([]);
  expect(world.versionsOf(pages.runbook.id)).toHaveLength(1);
});

test('a key is taken once', async () => {
  const { add } = await marked();
  expect((await add({ key: 'docaudit', value: 1 })).status).toBe(409);
  expect((await add({ key: 'other', value: null })).status).toBe(200);
});

test('a change keeps id and key and names the next version', async () => {
  const { ask, of, change, made } = await marked();
  expect((await change(1)).status).toBe(409);
  expect((await change(2, 'another')).status).toBe(400);
  expect((await change(2)).body).toMatchObject({ id: made.body.id, value: 7, version: { number: 2 } });
  expect((await ask(of)).body.results).toHaveLength(1);
});

test('a removed property is gone', async () => {
  const { ask, one, of } = await marked();
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204);
  expect((await ask(one, { method: 'DELETE' })).status).toBe(404);
  expect(idsOf(await ask(of))).toEqual([]);
});

test('writing takes the permission to edit the page, and its visibility', async () => {
  const { ask, add, change, one, world, pages, ines, asInes } = await marked();
  world.setUpdateRestriction(pages.runbook.id, { users: [ines.accountId] });
  expect((await add({ key: 'x', value: 1 })).status).toBe(403);
  expect((await change(2)).status).toBe(403);
  expect((await ask(one, { method: 'DELETE' })).status).toBe(403);
  expect((await ask(one, { method: 'DELETE', as: asInes })).status).toBe(204);
  world.setReadRestriction(pages.runbook.id, { users: [ines.accountId] });
  expect((await add({ key: 'x', value: 1 })).status).toBe(404);
});

test.for([
  ['no key', { value: 1 }],
  ['no value', { key: 'x' }],
  ['a version', { key: 'x', value: 1, version: { number: 1 } }],
] as const)('a new property with %s is refused', async ([, json]) => {
  const { add } = await marked();
  expect((await add(json)).status).toBe(400);
});
