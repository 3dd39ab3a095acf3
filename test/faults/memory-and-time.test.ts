import { describe, expect, it } from 'vitest';
import gzipBomb from '../../src/simulator/faults/gzip-bomb.ts';
import hugeBody from '../../src/simulator/faults/huge-body.ts';
import monstrousJson from '../../src/simulator/faults/monstrous-json.ts';
import stalled from '../../src/simulator/faults/stalled.ts';
import { strickenSite } from './stricken-site.ts';

const SPACES = 'GET /wiki/api/v2/spaces';
const MB = 2 ** 20;
const TOO_LARGE = { code: 'response-too-large' };

describe('an answer that would fill the memory is refused after one request:', () => {
  it('500 MB are not read beyond the cap, and the socket is closed', async () => {
    let sent = 0;
    await using site = await strickenSite({ caps: { wire: MB } });
    site.faults.strike(hugeBody, { sent: (bytes) => void (sent += bytes) });
    await expect(site.confluence.spaces({})).rejects.toMatchObject(TOO_LARGE);
    expect(sent).toBeLessThan(30 * MB);
    expect(site.asked()).toEqual([SPACES]);
  });

  it('500 MB that say so beforehand are not read at all', async () => {
    let sent = 0;
    await using site = await strickenSite();
    site.faults.strike(hugeBody, { told: true, sent: (bytes) => void (sent += bytes) });
    await expect(site.confluence.spaces({})).rejects.toMatchObject(TOO_LARGE);
    expect(sent).toBeLessThan(30 * MB);
  });

  it('20 GB in a gzip stream of 20 MB are not unpacked', async () => {
    await using site = await strickenSite();
    const before = process.memoryUsage().rss;
    site.faults.strike(gzipBomb);
    await expect(site.confluence.spaces({})).rejects.toMatchObject(TOO_LARGE);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MB);
    expect(site.asked()).toEqual([SPACES]);
  });

  it.each([
    ['beyond the cap on inflated bytes', { inflated: MB }, 2 * MB],
    ['a thousandfold, though within the cap', {}, 32 * MB],
  ])('gzip that inflates %s', async (_, caps, inflated) => {
    await using site = await strickenSite({ caps });
    site.faults.strike(gzipBomb, { inflated });
    await expect(site.confluence.spaces({})).rejects.toMatchObject(TOO_LARGE);
  });

  it.each([
    ['nested a million times', { depth: 1_000_000 }],
    ['nested a little deeper than any answer', { depth: 120 }],
    ['with three million empty items', { items: 3_000_000 }],
  ])('JSON %s', async (_, options) => {
    await using site = await strickenSite();
    site.faults.strike(monstrousJson, options);
    await expect(site.confluence.spaces({})).rejects.toMatchObject(TOO_LARGE);
    expect(site.asked()).toEqual([SPACES]);
  });

  it('but a list of thousands of items is read', async () => {
    await using site = await strickenSite();
    site.faults.strike(monstrousJson, { depth: 20, items: 0 });
    site.faults.strike(monstrousJson, { items: 100_000 });
    expect(await site.confluence.spaces({})).toMatchObject({ received: 1 });
    expect(await site.confluence.spaces({})).toMatchObject({ received: 100_000 });
  });
});

describe('an answer that does not end is given up, and its socket closed:', () => {
  it.each([
    ['one that never comes', { how: 'silence' }, { headersMs: 100 }],
    ['one whose headers never end', { how: 'endless-headers' }, { totalMs: 250 }],
    ['one that comes a byte at a time', { how: 'trickle', everyMs: 20 }, { totalMs: 250 }],
    ['one that stops between two bytes', { how: 'trickle', everyMs: 60_000 }, { idleMs: 100 }],
  ] as const)('%s', async (_, options, timeouts) => {
    await using site = await strickenSite({ timeouts });
    site.faults.strike(stalled, { ...options, times: 9 });
    const began = performance.now();
    await expect(site.confluence.spaces({})).rejects.toMatchObject({ code: 'site-unreachable' });
    expect(performance.now() - began).toBeLessThan(8_000);
    await expect.poll(site.openSockets).toBe(0);
  });

  it('and the read is repeated, so one such answer costs nothing but time', async () => {
    await using site = await strickenSite({ timeouts: { headersMs: 100 } });
    site.faults.strike(stalled);
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
  });
});
