import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { createClock } from '../../src/runtime/clock.ts';
import { createLog } from '../../src/runtime/log.ts';
import { loadRules } from '../../src/rules/load-rules.ts';
import { createMcpServer } from '../../src/mcp/server.ts';
import type { ReportReader } from '../../src/store/report-reader.ts';

interface Told {
  readonly isError: boolean;
  readonly text: string;
  /** What stands between the marks; null where the answer is an error. */
  // The tests say themselves what they expect of an answer.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
}

/** What an assistant is told by a tool. */
export async function ask(client: Client, name: string, given: Record<string, unknown> = {}): Promise<Told> {
  const { isError = false, content } = await client.callTool({ name, arguments: given });
  const [{ text = '' } = {}] = content as { text?: string }[];
  const [, json] = /<untrusted-data>\n(.*)\n<\/untrusted-data>$/s.exec(text) ?? [];
  return { isError: isError === true, text, data: json === undefined ? null : (JSON.parse(json) as unknown) };
}

/** An assistant in this process, connected to the tools over what this reader sees; `log` gets the lines of the server. */
export async function assistantOver(reader: ReportReader, log: string[] = []) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const lines = createLog({
    level: 'info',
    format: 'json',
    now: createClock().now,
    write: (line) => void log.push(line),
  });
  await createMcpServer({ reader, rules: await loadRules(), log: lines }).connect(far);
  const client = new Client({ name: 'a-test', version: '1' });
  await client.connect(near);
  return { client, tell: (name: string, given?: Record<string, unknown>) => ask(client, name, given) };
}
