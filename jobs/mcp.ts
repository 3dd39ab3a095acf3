import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { readCustomRules } from '../config/custom-rules.ts';
import { invalidSettings } from '../config/problem.ts';
import { openDatabase } from '../src/database.ts';
import type { Rule } from '../src/domain/rule.ts';
import { createMcpServer } from '../src/mcp/server.ts';
import { loadRules } from '../src/rules/load-rules.ts';
import { environmentOf } from '../src/settings.ts';
import { mayUseDoors, openReader, type ReportReader, storeReader } from '../src/store/report-reader.ts';
import { defineJob, type JobContext } from './define-job.ts';

export default defineJob({
  name: 'mcp',
  summary: 'Serves the reports to an assistant over the Model Context Protocol (stdin and stdout), read-only.',
  examples: ['npm run -s mcp', 'npm run -s mcp -- --tenant acme'],
  flags: {
    tenant: { value: 'ID', about: 'Only what concerns this tenant.', schema: z.string().min(1).optional() },
  },
  untilStopped: true,
  async run(context, { tenant = null }) {
    const rules = await knownRules(context);
    const reader = await openReports(context, tenant);
    const { stdin, stdout, signal, log } = context;
    const input = new PassThrough();
    const output = new Writable({
      write: (chunk: Buffer, _encoding, done) => void stdout.write(chunk.toString(), done),
    });
    try {
      const server = createMcpServer({ reader, rules, log });
      const left = once(input, 'end', { signal }).catch(() => undefined);
      await server.connect(new StdioServerTransport(stdin.pipe(input), output));
      log.info('The server for assistants is ready');
      await left;
      await server.close();
    } finally {
      stdin.unpipe(input);
      stdin.pause();
      await reader.close();
    }
    return 0;
  },
});

/** As the login of DATABASE_URL: the program's own through its door, any other with its grants. */
async function openReports(context: JobContext, tenant: string | null): Promise<ReportReader> {
  const { databaseUrl } = environmentOf(context);
  if (databaseUrl !== null && !(await mayUseDoors(databaseUrl))) return openReader(databaseUrl, tenant);
  return storeReader(await openDatabase(context), tenant);
}

async function knownRules({ environment, cwd }: JobContext): Promise<ReadonlyMap<string, Rule>> {
  const custom = readCustomRules({ env: environment, cwd });
  if (custom.problems.length > 0) throw invalidSettings(custom.problems);
  return new Map([...(await loadRules()), ...custom.rules.map((rule) => [rule.id, rule] as const)]);
}
