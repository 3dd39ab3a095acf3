import { expect, it } from 'vitest';
import { judgePage } from '../../src/domain/judge.ts';
import rule from '../../src/rules/oversize-attachment.ts';
import { attachment, NOW, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const MB = 1_000_000;
const files = (...sizes: readonly (number | null)[]) =>
  pageView({
    attachments: sizes.map((fileSize, index) => attachment(`${index}.zip`, { id: `att${index}`, fileSize })),
  });

testRule(rule, {
  fine: [
    { name: 'no file', view: pageView() },
    { name: 'files right at the limits', view: files(...Array.from({ length: 8 }, () => 25 * MB)) },
    { name: 'a size that Confluence does not tell', view: files(null) },
    {
      name: 'a large file in the trash',
      view: pageView({ attachments: [attachment('a.zip', { fileSize: 90 * MB, status: 'trashed' })] }),
    },
    { name: 'higher limits', view: files(90 * MB), options: { maxFileMb: 90 } },
  ],
  found: [
    {
      name: 'a large file',
      view: files(10, 25 * MB + 100_000),
      reason: /^The attachment "1\.zip" has 25\.1 MB \(limit 25\)\.$/,
      result: {
        severity: 'low',
        subject: { type: 'attachment', id: 'att1' },
        evidence: { file_name: '1.zip', media_type: 'application/octet-stream', file_size: 25_100_000 },
      },
    },
    {
      name: 'many files that are large together',
      view: files(...Array.from({ length: 9 }, () => 25 * MB)),
      reason: /^The 9 attachments of the page have 225\.0 MB together \(limit 200\)\.$/,
      result: { subject: { type: 'page', id: '1001' }, evidence: { files: 9, total_size: 225 * MB } },
    },
    { name: 'a lower limit', view: files(2 * MB), options: { maxFileMb: 1.5 }, reason: /2\.0 MB \(limit 1\.5\)/ },
  ],
});

it('tells of each large file and of the page', () => {
  const results = judgePage(
    rule,
    files(150 * MB, 60 * MB, 1),
    { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [] },
    { severity: 'low', options: {} },
  );
  expect(results.map(({ subject }) => subject.id)).toEqual(['att0', 'att1', '1001']);
});
