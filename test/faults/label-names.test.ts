import { expect, it } from 'vitest';
import { isLabelName } from '../../src/domain/label-name.ts';
import { json, startScripted } from '../confluence/scripted-server.ts';
import { createTestClient } from '../confluence/test-client.ts';

const FINE = ['docaudit-stale', 'geprüft_2', '注意', 'a'.repeat(255)];
const WRONG = [
  '',
  'two words',
  'Upper',
  'a:b',
  'a,b',
  'a/b',
  'a#b',
  'a\u0000b',
  'a\u202eb',
  'e\u0301',
  '😀',
  'a'.repeat(256),
];

it.each(FINE)('the label %j may be written', (name) => {
  expect(isLabelName(name)).toBe(true);
});

it.each(WRONG)('the label %j is refused before anything is sent', async (name) => {
  await using server = await startScripted((_, response) => json(response, 200, { results: [] }));
  await using client = createTestClient(server.site);
  await expect(client.confluence.addLabel('1', name)).rejects.toMatchObject({ code: 'request-refused' });
  expect(server.received).toEqual([]);
});
