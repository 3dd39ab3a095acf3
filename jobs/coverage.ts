import { z } from 'zod';
import { openDatabase } from '../src/database.ts';
import type { Acting } from '../src/domain/act.ts';
import { AuditError } from '../src/domain/errors.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import type { Store } from '../src/store/db.ts';
import { readView } from '../src/store/report-views.ts';
import { acceptDrop } from '../src/store/spaces.ts';
import { readTenants } from '../src/store/tenants.ts';
import { defineJob } from './define-job.ts';

const word = z.string().trim().min(1).max(1_000).optional();

export default defineJob({
  name: 'coverage',
  summary: 'Shows what was looked at, or accepts that pages which vanished are meant to be gone.',
  examples: [
    'npm run coverage -- show --tenant acme',
    'npm run coverage -- accept --tenant acme --space OPS --reason "moved to the new wiki" --by jdoe',
  ],
  flags: {
    tenant: { value: 'ID', about: 'Only this tenant; accept needs one.', schema: word },
    space: { value: 'KEY', about: 'With accept: only this space; all that lost pages by default.', schema: word },
    reason: { value: 'TEXT', about: 'With accept: why it is meant.', schema: word },
    by: { value: 'NAME', about: 'With accept: who says so.', schema: word },
    format: { value: FORMAT_NAMES.join('|'), about: 'How to print.', schema: z.enum(FORMAT_NAMES).default('table') },
  },
  operands: {
    names: 'show | accept',
    about: 'What to do.',
    schema: z.tuple([z.enum(['show', 'accept'])], { error: 'must be `show` or `accept`' }),
  },
  async run(context, { tenant, format, ...asked }, [verb]) {
    const store = await openDatabase(context);
    try {
      if (verb === 'show') {
        const rows = await readView(store, 'coverage', tenant === undefined ? {} : { tenantId: tenant });
        context.stdout.write(formatRows(rows, format, context.columns, context.ink));
      } else context.stdout.write(await accept({ store, acting: createActing(context.clock) }, { tenant, ...asked }));
      return 0;
    } finally {
      await store.close();
    }
  },
});

interface Accepted {
  readonly tenant?: string | undefined;
  readonly space?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/** From the next audit on the missing pages count as gone: their findings resolve, and labels are written again. */
export async function accept(
  { store, acting }: { readonly store: Store; readonly acting: Acting },
  { tenant, space = null, reason, by }: { [Key in keyof Accepted]: Accepted[Key] | null },
) {
  if (!tenant || !reason || !by) throw wrong('accept needs --tenant, --reason and --by.');
  const known = (await store.withFleet(readTenants)).map((each) => each.tenantId);
  if (!known.includes(tenant)) throw wrong(`--tenant ${tenant}: the database has no such tenant.`);
  const keys = await store.withTenant(tenant, async (tx) => {
    const accepted = await acceptDrop(tx, { spaceKey: space ?? null, by, reason });
    if (accepted.length > 0)
      await recordAct(tx, acting, { action: 'coverage-accept', reason, detail: { by, spaces: accepted.join(', ') } });
    return accepted;
  });
  if (keys.length === 0)
    throw wrong(`No space of ${tenant} has lost pages in its last walk; npm run coverage -- show tells.`);
  return `Accepted for ${keys.join(', ')} of ${tenant}: the next audit takes the missing pages for gone.\n`;
}

const wrong = (why: string): AuditError => new AuditError('arguments-invalid', why);
