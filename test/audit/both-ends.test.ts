import { expect, it } from 'vitest';
import { defineFault } from '../../src/simulator/faults/define-fault.ts';
import { nightShiftOnServer, type Tenant } from '../night-shift.ts';
import { mortalStore } from './mortal-store.ts';
import { shelf } from './shelf.ts';

/** Any list is long. */
const LISTING = { long: 0 };

/** Every list from the other end fails, and nothing else. */
const failsBackwards = defineFault({
  id: 'fails-backwards',
  about: 'a list fails from its other end',
  defaults: {},
  answer: ({ request, real }) => (request.target.includes('sort=-id') ? { status: 500 } : real()),
});
/** A space alone, and several. */
const PAGES = ['GET /wiki/api/v2/spaces/{id}/pages', 'GET /wiki/api/v2/pages'];

const listed = ({ site }: Tenant): string[] =>
  site.requests
    .filter(({ path }) => /\/(?:pages|attachments)$/.test(path))
    .map(({ path, query }) => `${path}?${query}`)
    .filter((address) => !address.includes('body-format'));
const backwards = (tenant: Tenant): string[] =>
  listed(tenant).filter((address) => /sort=-(?:id|created)/.test(address));
const twice = (all: readonly string[]): number => all.length - new Set(all).size;

nightShiftOnServer('a long list', (shift) => {
  const large = async () => {
    const { world, ann, home } = shelf(shift.clock, { runbooks: 3, others: 800 });
    for (let n = 0; n < 400; n += 1)
      // All at once, as an import brings them.
      world.addAttachment(home, {
        title: `${n}.png`,
        mediaType: 'image/png',
        fileSize: n,
        by: ann,
        at: shift.clock.ago(9),
      });
    return { world, ann, home, tenant: await shift.tenant(world) };
  };
  const attachments = async (): Promise<number> => {
    const [row] = await shift
      .database()
      .superuser('select count(*)::int as n from audit.attachment where gone_at is null');
    return Number(row?.['n']);
  };

  it('is walked from both ends and known whole, also after the death of a worker in the middle of it', async () => {
    const { tenant } = await large();
    const worker = mortalStore(shift.database().store);
    const { faults } = tenant.site;
    faults.next((_, real) => real(), 2, 'GET /wiki/api/v2/pages');
    faults.next(
      (_, real) => {
        worker.die();
        return real();
      },
      1,
      'GET /wiki/api/v2/pages',
    );
    expect(await tenant.night({ store: worker.store, listing: LISTING })).toMatchObject({ outcome: 'failed' });
    faults.clear();
    shift.clock.pass({ seconds: 46 });
    expect(await tenant.night({ listing: LISTING })).toMatchObject({ outcome: 'complete', pagesSeen: 804 });
    expect(await attachments()).toBe(400);
    expect(backwards(tenant).length).toBeGreaterThan(1);
    // One list page of each chain at most.
    expect(twice(listed(tenant))).toBeLessThanOrEqual(4);
  });

  it('is walked on from its start alone where the other end fails', async () => {
    const { tenant, world, home, ann } = await large();
    expect(await tenant.night({ listing: LISTING })).toMatchObject({ outcome: 'complete' });
    const before = await attachments();
    for (const at of PAGES) tenant.site.faults.strike(failsBackwards, { at, times: 1_000 });
    world.addPage({ space: 'OPS', title: 'One more', by: ann, at: shift.clock.now(), parentId: home });
    shift.clock.pass({ days: 8 });
    expect(await tenant.night({ listing: LISTING })).toMatchObject({ outcome: 'complete', pagesSeen: 805 });
    expect(await attachments()).toBe(before);
  });
});
