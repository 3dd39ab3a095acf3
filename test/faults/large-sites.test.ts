import { expect, it } from 'vitest';
import { nightShiftOnServer } from '../night-shift.ts';
import { largeSite } from './large-site.ts';

nightShiftOnServer('a site', (shift) => {
  it.each([
    ['5,000 files on a page', { files: 5_000, labels: 0, depth: 0, spaces: 0 }],
    ['10,000 labels', { files: 0, labels: 10_000, depth: 0, spaces: 0 }],
    ['pages a hundred deep', { files: 0, labels: 0, depth: 100, spaces: 0 }],
    ['more spaces than two lists hold', { files: 0, labels: 0, depth: 0, spaces: 210 }],
  ])('with %s is audited to the end', async (_, size) => {
    const { world, labelled, stale, pages, spaces } = largeSite(shift.clock, size);
    const tenant = await shift.tenant(world);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', spaces, pagesSeen: pages, writesDone: 2 });
    expect(labelled()).toEqual(stale);
  });
});
