import { expect, test } from 'vitest';

test('prints nothing that is secret', () => {
  expect(process.stderr.write('connecting\n')).toBeTypeOf('boolean');
});
