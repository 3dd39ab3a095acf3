import { expect, test } from 'vitest';
import { TOKEN } from '../canary.ts';

test('prints an object with a secret', () => {
  const authorization = `Basic ${Buffer.from(`bot@example.com:${TOKEN}`).toString('base64')}`;
  // oxlint-disable-next-line no-console
  console.log({ authorization });
  expect(authorization).toMatch(/^Basic /);
});
