import { expect, test } from 'vitest';
import { TOKEN } from '../canary.ts';

test('writes a secret past the console', () => {
  expect(process.stderr.write(`connecting with ${TOKEN}\n`)).toBeTypeOf('boolean');
});
