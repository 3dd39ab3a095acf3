import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createProgress } from '../../src/runtime/progress.ts';

function screen({ isTTY }: { isTTY: boolean }) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString());
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 80 }), text: () => written.join('') };
}

test('where there is no terminal, steps are silent and only lines are written', () => {
  const { stream, text } = screen({ isTTY: false });
  using progress = createProgress({ stream });
  progress.step('acme', { unit: 'pages', done: 1, total: 2 });
  progress.finish('acme', 'complete');
  progress.line('a log line');
  progress.line('another\n');
  expect(text()).toBe('a log line\nanother\n');
});

test('on a terminal each tenant has a bar, which its result replaces', () => {
  const { stream, text } = screen({ isTTY: true });
  using progress = createProgress({ stream });
  progress.step('acme', { unit: 'pages', done: 60, total: 120 });
  progress.step('globex', { unit: 'spaces', done: 2, total: null });
  progress.line('a log line');
  expect(text()).toMatch(/acme +█{12}░{12} {2}pages 60\/120/);
  expect(text()).toMatch(/globex +░{24} {2}spaces 2/);
  expect(text()).toContain('a log line\n');
  progress.finish('acme', 'complete, 3 findings');
  progress.finish('globex', 'failed');
  expect(text()).toMatch(/acme +complete, 3 findings\n/);
  expect(text()).toMatch(/globex +failed\n$/);
});

test('a thousand tenants do not fill the screen', () => {
  const { stream, text } = screen({ isTTY: true });
  using progress = createProgress({ stream });
  for (let tenant = 0; tenant < 1000; tenant += 1) progress.step(`t${tenant}`, { unit: 'pages', done: 0, total: 1 });
  progress.line('now');
  const lastDraw = text().slice(text().lastIndexOf('now\n'));
  expect(lastDraw.match(/░{24}/g)?.length).toBe(6);
});

test('disposed, it gives the cursor back and draws no more', async () => {
  const { stream, text } = screen({ isTTY: true });
  const progress = createProgress({ stream });
  progress.step('acme', { unit: 'pages', done: 0, total: 1 });
  progress[Symbol.dispose]();
  const atEnd = text();
  expect(atEnd.lastIndexOf('\u001b[?25h')).toBeGreaterThan(atEnd.lastIndexOf('\u001b[?25l'));
  await setTimeout(250);
  progress.line('after');
  expect(text()).toBe(`${atEnd}after\n`);
});
