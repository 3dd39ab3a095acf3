import { z } from 'zod';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

const MB = 1_000_000;

/** Finds files, and pages with files, that take more room than a wiki is made for. */
export default defineRule({
  id: 'oversize-attachment',
  title: 'Attachments take a lot of room',
  why: 'Large files fill the storage that the site pays for, and load slowly when somebody needs the page.',
  severity: 'low',
  remediation: 'Keep the file where large files belong and link to it; delete old versions.',
  explanation: [
    'Files, and pages with files, that take a lot of room. One megabyte is a million bytes; files of unknown size are not counted.',
  ],
  example: 'The attachment "1.zip" has 25.1 MB (limit 25).',
  appliesTo: 'pages',
  options: z.strictObject({
    maxFileMb: z.number().positive().default(25).describe('The largest size of one file in megabytes.'),
    maxPageMb: z.number().positive().default(200).describe('The largest size of all files of a page in megabytes.'),
  }),
  needs: ['attachments'],
  *check({ attachments }, _context, { maxFileMb, maxPageMb }) {
    let total = 0;
    let files = 0;
    for (const { id, title, mediaType, fileSize, status } of attachments) {
      if (status !== 'current' || fileSize === null) continue;
      total += fileSize;
      files += 1;
      if (fileSize <= maxFileMb * MB) continue;
      yield {
        reason: `The attachment ${quoted(title)} has ${megabytes(fileSize)} MB (limit ${maxFileMb}).`,
        subject: { type: 'attachment', id },
        evidence: { file_name: title, media_type: mediaType, file_size: fileSize },
      };
    }
    if (total <= maxPageMb * MB) return;
    yield {
      reason: `The ${files} attachments of the page have ${megabytes(total)} MB together (limit ${maxPageMb}).`,
      evidence: { files, total_size: total },
    };
  },
});

const megabytes = (bytes: number): string => (bytes / MB).toFixed(1);
