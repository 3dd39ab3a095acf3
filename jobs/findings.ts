import { z } from 'zod';
import { isDate } from '../config/calendar.ts';
import { openDatabase } from '../src/database.ts';
import { AuditError } from '../src/domain/errors.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import { readFinding } from '../src/store/one-finding.ts';
import { readView } from '../src/store/report-views.ts';
import { defineJob } from './define-job.ts';
import { muteByHand, unmuteByHand } from './findings/mute.ts';

const VERBS = ['list', 'show', 'mute', 'unmute', 'baseline'] as const;
const word = z.string().trim().min(1).max(1_000).optional();

export default defineJob({
  name: 'findings',
  summary: 'Lists findings, shows one with its history, or accepts some for a while.',
  examples: [
    'npm run findings -- list --tenant acme',
    'npm run findings -- show FINDING_ID',
    'npm run findings -- mute FINDING_ID --reason "moves next month" --by jdoe --expires 2027-03-31',
    'npm run findings -- mute --tenant acme --rule "attachment-*" --space OPS --reason "vendor PDFs" --by jdoe --expires 2027-03-31',
    'npm run findings -- unmute FINDING_ID --by jdoe',
    'npm run findings -- baseline --tenant acme --reason "before our time" --by jdoe --expires 2027-03-31',
  ],
  flags: {
    tenant: { value: 'ID', about: 'Only this tenant; mute by pattern and baseline need one.', schema: word },
    muted: { about: 'With list: what is muted, in place of what is open.', schema: z.literal(true).optional() },
    rule: { value: 'PATTERN', about: 'With mute: findings of these rules; * and ? are wildcards.', schema: word },
    space: { value: 'PATTERN', about: 'With mute: findings in these spaces, by key.', schema: word },
    page: { value: 'PATTERN', about: 'With mute: findings on these pages, by id.', schema: word },
    label: { value: 'PATTERN', about: 'With mute: findings on pages with such a label.', schema: word },
    reason: { value: 'TEXT', about: 'Why it is accepted.', schema: word },
    by: { value: 'NAME', about: 'Who accepts it.', schema: word },
    expires: {
      value: 'DAY',
      about: 'The last day, at most a year ahead: 2027-03-31.',
      schema: z.string().refine(isDate, 'must be a day as in 2027-03-31').optional(),
    },
    format: { value: FORMAT_NAMES.join('|'), about: 'How to print.', schema: z.enum(FORMAT_NAMES).default('table') },
  },
  operands: {
    names: 'list | show ID | mute [ID] | unmute ID | baseline',
    about: 'What to do.',
    schema: z.union([z.tuple([z.enum(VERBS)]), z.tuple([z.enum(VERBS), z.string().min(1)])], {
      error: `must be ${VERBS.join(', ')}, with the id of a finding where there is one`,
    }),
  },
  async run(context, { format, ...flags }, [verb, id]) {
    const store = await openDatabase(context);
    try {
      const only = flags.tenant === undefined ? {} : { tenantId: flags.tenant };
      if (verb === 'list') {
        const view = flags.muted === true ? 'muted_findings' : 'open_findings';
        context.stdout.write(formatRows(await readView(store, view, only), format, context.columns, context.ink));
        return 0;
      }
      if (verb === 'show') {
        if (id === undefined) throw new AuditError('arguments-invalid', 'show needs the id of a finding.');
        context.stdout.write(formatRows(await readFinding(store, id), format, context.columns, context.ink));
        return 0;
      }
      const done = await (verb === 'unmute' ? unmuteByHand : muteByHand)(
        { store, now: context.clock.now() },
        { ...flags, id, baseline: verb === 'baseline' },
      );
      context.stdout.write(done);
      return 0;
    } finally {
      await store.close();
    }
  },
});
