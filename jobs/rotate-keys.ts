import { z } from 'zod';
import { openDatabase } from '../src/database.ts';
import { environmentOf } from '../src/settings.ts';
import { formatRows } from '../src/report/formats.ts';
import { FLEET } from '../src/domain/act.ts';
import { createActing } from '../src/runtime/operator.ts';
import { rewrapAll } from '../src/sign-in/rewrap.ts';
import { readKeyRing } from '../src/sign-in/sign-in.ts';
import { recordAct } from '../src/store/acts.ts';
import { createVault } from '../src/vault/vault.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'rotate-keys',
  summary:
    'Seals every stored secret under the first key of the key ring, while everything goes on; says which rows still need another.',
  examples: ['AUDIT_KEYS="k2:…,k1:…" npm run rotate-keys', 'npm run -s rotate-keys -- --format json'],
  flags: {
    format: { value: 'table|json', about: 'How to print.', schema: z.enum(['table', 'json']).default('table') },
  },
  async run(context, { format }) {
    const { environment, cwd, signal, log, clock } = context;
    const ring = await readKeyRing(environmentOf(context), { env: environment, folder: cwd });
    const store = await openDatabase(context);
    try {
      const began = clock.monotonic();
      const vault = createVault(ring);
      const { rewrapped, left, failures } = await rewrapAll({ store, vault, sealingId: ring.sealingId, signal });
      for (const { tenantId, error } of failures) log.error(error.message, { tenant: tenantId, code: error.code });
      const act = { action: 'keys-rotate', subject: ring.sealingId, detail: { rewrapped } } as const;
      await store.withTenant(FLEET, (tx) => recordAct(tx, createActing(clock), act));
      const seconds = (clock.monotonic() - began) / 1_000;
      log.info('Secrets are sealed under the first key', { detail: `${rewrapped} rows`, seconds });
      const rows = [[ring.sealingId, rewrapped, 0], ...[...left].map(([key, count]) => [key, 0, count])];
      context.stdout.write(
        formatRows({ columns: ['key', 'sealed_now', 'still_needed_by'], rows }, format, context.columns),
      );
      if (failures.length > 0) return 5;
      return left.size > 0 ? 4 : 0;
    } finally {
      await store.close();
    }
  },
});
