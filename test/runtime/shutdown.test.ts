import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { asAuditError } from '../../src/domain/errors.ts';
import { createShutdown } from '../../src/runtime/shutdown.ts';

function street() {
  const source = new EventEmitter();
  const ended: number[] = [];
  const shutdown = createShutdown({ source, endNow: (code) => ended.push(code) });
  return { source, ended, shutdown };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('%s aborts the signal as an interruption and stands for exit code %i', (name, exit) => {
  const { source, ended, shutdown } = street();
  expect(shutdown.exitCode()).toBeNull();
  source.emit(name);
  expect(asAuditError(shutdown.signal.reason)?.code).toBe('interrupted');
  expect(shutdown.exitCode()).toBe(exit);
  expect(ended).toEqual([]);
});

test('a second signal ends at once; the first one’s exit code stays', () => {
  const { source, ended, shutdown } = street();
  source.emit('SIGTERM');
  source.emit('SIGINT');
  expect(ended).toEqual([130]);
  expect(shutdown.exitCode()).toBe(143);
});

test('disposed, it listens no more', () => {
  const { source, shutdown } = street();
  shutdown[Symbol.dispose]();
  expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
});
