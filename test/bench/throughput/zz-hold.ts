import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync, mkdirSync } from 'node:fs';
import { startServer } from '../../postgres-server.ts';
import { EMAIL, TOKEN } from '../../auditor.ts';
const pages = Number(process.argv[2]);
const preset = process.argv[3] ?? 'runbook-essential';
const server = await startServer({ shared_preload_libraries: 'pg_stat_statements,auto_explain' });
const site = fork(new URL('canned-site.ts', import.meta.url).pathname, [String(pages), '300'], {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const [url] = (await once(site, 'message')) as [string];
mkdirSync('/tmp/hold', { recursive: true });
writeFileSync(
  '/tmp/hold/audit.yaml',
  JSON.stringify({
    version: 1,
    extends: [`preset:${preset}`],
    defaults: { readers: { onCallGroups: ['sre-oncall'] }, limits: { requestsPerRun: 1_000_000 } },
    tenants: [{ id: 'canned', site: url, auth: { type: 'basic', email: EMAIL, token: { env: 'SITE_TOKEN' } } }],
  }),
);
writeFileSync(
  '/tmp/hold/env.sh',
  `export AUDIT_CONFIG=/tmp/hold/audit.yaml DATABASE_URL=${server.url} SITE_TOKEN=${TOKEN} BENCH_NIGHT_PAGES=${pages}\n`,
);
console.log('ready', server.url);
setTimeout(() => process.exit(), 85 * 60_000);
