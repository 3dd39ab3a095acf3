import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { auditExit } from '../src/domain/audit-exit.ts';
import { auditSummaryTable } from '../src/report/audit-summary.ts';
import { auditTree } from '../src/report/audit-tree.ts';
import { topFindings } from '../src/report/top-findings.ts';
import { wholeReport } from '../src/report/whole-report.ts';
import { readTopFindings } from '../src/store/top-findings.ts';
import { defineJob } from './define-job.ts';
import { thereAndBack } from './demo/there-and-back.ts';
import { writeResult } from './flags/write-result.ts';

const SHOWN = 8;
const NARROW = 100;

export default defineJob({
  name: 'demo',
  summary: 'Audits three simulated Confluence sites on this machine: no setup, no network, nothing left behind.',
  examples: [
    'npm run demo',
    'npm run demo -- --keep demo-data',
    'npm run demo -- --html report.html',
    'npm run demo -- --undo',
  ],
  flags: {
    keep: {
      value: 'DIR',
      about: 'Keeps database and sites in this directory; run it twice to see that nothing changes.',
      schema: z.string().min(1).optional(),
    },
    undo: {
      about: 'Stores plans first, carries them out as `apply` does, and takes everything back as `undo` does.',
      schema: z.literal(true).optional(),
    },
    html: { value: 'FILE', about: 'Writes the whole report to this file.', schema: z.string().min(1).optional() },
  },
  async run(context, { keep, html, undo }) {
    const [{ openHouse }, { openDemoSites }] = await Promise.all([import('../src/app.ts'), import('./demo/sites.ts')]);
    const folder =
      keep === undefined ? await mkdtemp(join(tmpdir(), 'confluence-audit-demo-')) : resolve(context.cwd, keep);
    try {
      await using sites = await openDemoSites(folder, context.clock.now());
      const ground = { ...context, environment: { ...context.environment, ...sites.environment } };
      await using house = await openHouse(ground);
      const { tenants } = house.settings.config;
      context.stderr.write(
        `Three simulated Confluence sites are up: ${tenants.map(({ id, site }) => `${id} on ${site}`).join(', ')}.\n`,
      );
      const results = await house.audit(
        tenants.map((tenant) => ({
          settings: tenant,
          mode: undo === true ? 'plan' : 'apply',
          trigger: 'demo',
          full: false,
          onlySpaces: null,
        })),
      );
      const { worst, open } = await readTopFindings(house.store);
      const width = context.columns ?? NARROW;
      context.stdout.write(
        `${auditTree(results, context.ink)}\n${auditSummaryTable(results, context.columns, context.ink)}\n`,
      );
      context.stdout.write(`The worst findings\n\n${topFindings(worst, { most: SHOWN, width, open })}\n`);
      if (undo === true) {
        const standing = () => sites.labelLine();
        context.stdout.write(await thereAndBack(house, tenants, { width: context.columns, standing }));
      } else context.stdout.write(`${sites.labelLine()}\n${changeLine(results)}\n`);
      context.stdout.write(farther(keep));
      if (html !== undefined) {
        const report = await wholeReport(house.store, { format: 'html' });
        await writeResult(resolve(context.cwd, html), report, { flag: `--html ${html}` });
        context.stdout.write(`The report is in ${html}\n`);
      }
      return auditExit(results, null);
    } finally {
      if (keep === undefined) await rm(folder, { recursive: true, force: true });
    }
  },
});

function changeLine(results: Parameters<typeof auditExit>[0]): string {
  const writes = results.reduce((sum, result) => sum + result.writesDone, 0);
  const changed = results.some(
    (result) => Object.values(result.findingsNew).some((count) => count > 0) || result.findingsResolved > 0,
  );
  return `${writes} writes, ${changed ? 'findings changed' : 'no change'}.`;
}

function farther(keep: string | undefined): string {
  if (keep === undefined) {
    return [
      'To look further, keep the database: npm run demo -- --keep demo-data',
      'To audit a real site, findings only:  CONFLUENCE_SITE=https://NAME.atlassian.net CONFLUENCE_EMAIL=… CONFLUENCE_API_TOKEN=… npm run audit -- --mode audit',
      '',
    ].join('\n');
  }
  return [
    'To look further:',
    `  AUDIT_DATA_DIR=${keep}/database npm run -s report -- stale_runbooks`,
    `  AUDIT_DATA_DIR=${keep}/database npm run -s report -- executed_actions --format csv`,
    `  npm run demo -- --keep ${keep}        (again: 0 writes, no change)`,
    '',
  ].join('\n');
}
