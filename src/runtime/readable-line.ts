import { z } from 'zod';
import { plainLine } from '../domain/plain-text.ts';

const LogLine = z.looseObject({
  time: z.string(),
  level: z.string(),
  msg: z.string(),
  tenant: z.string().optional(),
});

/** One JSON log line for people: `02:00:07 WARN  acme  Waiting for the rate limit  waitSeconds=12`. */
export function readableLine(json: string): string {
  const { time, level, msg, tenant, ...fields } = LogLine.parse(JSON.parse(json));
  const parts = [`${time.slice(11, 19)} ${level.toUpperCase().padEnd(5)}`];
  if (tenant !== undefined) parts.push(tenant);
  parts.push(msg);
  const details = Object.entries(fields).map(([name, value]) => `${name}=${shown(value)}`);
  if (details.length > 0) parts.push(details.join(' '));
  return `${plainLine(parts.join('  '))}\n`;
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[\w.:/@*+-]+$/.test(value) ? value : JSON.stringify(value);
}
