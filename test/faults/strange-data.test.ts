import { describe, expect, it } from 'vitest';
import numericIds from '../../src/simulator/faults/numeric-ids.ts';
import { shelf } from '../audit/shelf.ts';
import { nightShiftOnServer, lines } from '../night-shift.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { strickenSite } from './stricken-site.ts';

const PAGES = 'GET /wiki/api/v2/pages';

/** A title, and how it is kept where it cannot be kept as it is. */
const TITLES: readonly (readonly [string, string, string | null])[] = [
  ['U+0000', 'Stop\u0000 it', 'Stop\uFFFD it'],
  ['a lone surrogate', 'Half \uD83D an emoji', 'Half \uFFFD an emoji'],
  ['two lone surrogates the wrong way round', '\uDE00\uD83D', '\uFFFD\uFFFD'],
  ['marks that turn the direction of writing', 'exe.\u202Egpj', null],
  ['four-byte characters', '👩‍🚒 消防 𝔘𝔫𝔦𝔠𝔬𝔡𝔢', null],
  ['what JSON, SQL and CSV treat specially', `=cmd|' /C'!A0, "quoted" \\ %s $1 'x'); --`, null],
  ['control characters', 'a\u0007b\u001b[31mc\u0085d\u2028e', null],
];

nightShiftOnServer('a title with', (shift) => {
  it.each(TITLES)('%s is stored, its page is judged, and nothing else of its list suffers', async (_, title, kept) => {
    const { world, ann, home, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    const body = soundRunbook(
      `<p>${title.replace(/[<>&]/g, '')} &#0; &#xD800; <ac:link><ri:page ri:content-title="a&#0;b" /></ac:link></p>`,
    );
    const page = world.addPage({ space: 'OPS', title, by: ann, at: shift.clock.ago(400), parentId: home, body }).id;
    world.addLabel(page, 'runbook', ann);
    world.addAttachment(page, {
      title,
      mediaType: title,
      fileSize: 1,
      by: ann,
      at: shift.clock.ago(3),
      comment: title,
    });
    const tenant = await shift.tenant(world);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 4, writesDone: 3 });
    expect(labelled()).toEqual(stale);
    const finding = (await tenant.view('stale_runbooks')).find((row) => row['page_id'] === page);
    expect(finding).toMatchObject({ page_title: kept ?? title });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesChanged: 0, writesPlanned: 0 });
  });

  it('a megabyte is cut, says so, and is not taken for another one that begins alike', async () => {
    const { world, ann, home, labelled, stale } = shelf(shift.clock, { runbooks: 2 });
    // Random enough that no compression makes it small.
    const long = Array.from({ length: 2 ** 20 }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000))).join(
      '',
    );
    for (const last of ['a', 'b']) {
      const at = shift.clock.ago(3);
      world.addPage({ space: 'OPS', title: long + last, by: ann, at, parentId: home, body: '<p>x</p>' });
    }
    const tenant = await shift.tenant(world, { rules: { 'duplicate-title': {}, 'missing-owner': {} } });
    expect(await tenant.night()).toMatchObject({ outcome: 'complete', pagesSeen: 5 });
    expect(labelled()).toEqual(stale);
    const rows = await shift
      .database()
      .superuser('select title from audit.page where tenant_id = $1 and length(title) > 300 order by title', [
        tenant.id,
      ]);
    expect(rows).toHaveLength(2);
    for (const { title } of rows as { title: string }[]) {
      expect(title).toMatch(/… \[cut: 1048577 characters, sha256 [0-9a-f]{12}\]$/);
      expect(title.length).toBeLessThanOrEqual(512);
    }
    expect(await tenant.view('open_findings')).not.toContainEqual(
      expect.objectContaining({ rule_id: 'duplicate-title' }),
    );
  });
});

describe('ids', () => {
  it.each(['', '900719925474'])(
    'that come as numbers (with %j before their digits) keep every digit',
    async (digitsBefore) => {
      await using site = await strickenSite();
      const spaceIds = [...site.world.spaces.keys()];
      const { items } = await site.confluence.pagesInSpaces({ spaceIds });
      site.faults.strike(numericIds, { at: PAGES, digitsBefore });
      const again = await site.confluence.pagesInSpaces({ spaceIds });
      expect(again.invalid).toEqual([]);
      expect(again.items.map(({ id, spaceId, parentId }) => [id, spaceId, parentId])).toEqual(
        items.map(({ id, spaceId, parentId }) => [
          digitsBefore + id,
          digitsBefore + spaceId,
          parentId === null ? null : digitsBefore + parentId,
        ]),
      );
    },
  );
});

nightShiftOnServer('ids that turn from texts to numbers', (shift) => {
  it('are the same ids: the second night changes nothing', async () => {
    const { world } = shelf(shift.clock, { runbooks: 2 });
    const tenant = await shift.tenant(world);
    await tenant.night();
    const before = lines(await tenant.view('open_findings'), 'finding_id page_id').toSorted();
    tenant.site.faults.strike(numericIds, { times: 999 });
    expect(await tenant.night()).toMatchObject({
      outcome: 'complete',
      pagesSeen: 3,
      pagesChanged: 0,
      findingsResolved: 0,
      writesPlanned: 0,
    });
    expect(lines(await tenant.view('open_findings'), 'finding_id page_id').toSorted()).toEqual(before);
  });
});
