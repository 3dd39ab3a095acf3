import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { createClock } from '../../src/runtime/clock.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createProgress } from '../../src/runtime/progress.ts';
import type { Recording } from './record.ts';

/** Audits the recorded site from end to end, all rules, writes included; the database lives in a folder for as long. */
export async function auditAll({ demo, site }: Recording): Promise<AuditResult> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-conformance-'));
  try {
    const file = join(folder, 'audit.yaml');
    const tenant = {
      id: demo.id,
      site: site.url,
      auth: { type: 'basic', email: demo.email, token: { env: 'TOKEN' } },
      limits: { share: 1, writesPercent: 100 },
      readers: { onCallGroups: [demo.crew.onCall.name] },
    };
    await writeFile(file, JSON.stringify({ version: 1, extends: ['preset:all'], tenants: [tenant] }));
    const environment = { AUDIT_CONFIG: file, AUDIT_DATA_DIR: join(folder, 'data'), TOKEN: demo.token };
    const clock = createClock();
    const ground = {
      environment,
      cwd: folder,
      clock,
      log: createLog({ level: 'silent', format: 'json', now: clock.now, write: () => undefined }),
      progress: createProgress({ stream: { write: () => true, on: () => undefined } as never }),
      signal: new AbortController().signal,
    };
    await using house = await openHouse(ground);
    const [only] = house.settings.config.tenants;
    if (only === undefined) throw new Error('no tenant');
    const order = { settings: only, mode: 'apply', trigger: 'manual', full: false, onlySpaces: null } as const;
    const [result] = await house.audit([order]);
    if (result === undefined) throw new Error('no result');
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
