import { createHmac } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretMark } from '../domain/facts.ts';
import { createKeywordFilter } from './keywords.ts';
import { isExample } from './likely.ts';
import { findOwn, type Hit } from './own-patterns.ts';

export type BodyScan = (text: string) => Promise<readonly SecretMark[]>;

const PRESET = '@secretlint/secretlint-rule-preset-recommend';
const RULE_PREFIX = '@secretlint/secretlint-rule-';
/** Rules of secretlint whose id does not say what they find. */
const TYPES: Readonly<Record<string, string>> = {
  privatekey: 'private-key',
  aws: 'aws-secret-access-key',
  basicauth: 'password-in-url',
  'database-connection-string': 'password-in-url',
};
/** A page with more is a dump; the first ones are finding enough. */
const MOST_MARKS = 50;
const LINE_FEED = 10;

/**
 * Makes the search for secrets in the texts of a tenant's bodies. The values live no longer than the search: what comes out is
 * the kind, the line and a hash under a key that `key` and the tenant make, each equal value once; errors never carry the text.
 */
export function createBodyScans({ key }: { readonly key: Uint8Array }): (tenantId: string) => BodyScan {
  // It keeps every measurement for ever: https://github.com/secretlint/secretlint/issues/1633
  secretLintProfiler.setEnabled(false);
  const suspects = createKeywordFilter();
  return (tenantId) => {
    const ownKey = createHmac('sha256', key).update(tenantId).digest();
    return async (text) => {
      const { providers, own } = suspects(text);
      const certain = providers ? await lint(text) : [];
      const more = own ? [...findOwn(text)].filter((hit) => !certain.some((other) => overlap(hit, other))) : [];
      return marksOf(
        text,
        [...certain, ...more].toSorted((a, b) => a.index - b.index),
        ownKey,
      );
    };
  };
}

function marksOf(text: string, hits: readonly Hit[], key: Uint8Array): readonly SecretMark[] {
  const marks = new Map<string, SecretMark>();
  let line = 1;
  let counted = 0;
  for (const { type, value, index, certain } of hits) {
    for (; counted < index; counted += 1) if (text.charCodeAt(counted) === LINE_FEED) line += 1;
    const hash = createHmac('sha256', key).update(value).digest('hex').slice(0, 16);
    if (!marks.has(hash)) marks.set(hash, { type, line, hash, certain });
    if (marks.size >= MOST_MARKS) break;
  }
  return [...marks.values()];
}

const overlap = (a: Hit, b: Hit): boolean => a.index < b.index + b.value.length && b.index < a.index + a.value.length;

async function lint(text: string): Promise<Hit[]> {
  // Whoever writes a page must not decide what is found in it, so its switches (`secretlint-disable`) are made unreadable. The
  // library takes a byte order mark out, which would move all places by one.
  const content = text.replaceAll('secretlint-', 'secretlint_').replace(/^\uFEFF/, ' ');
  const { messages } = await lintSource({
    source: { content, contentType: 'text', filePath: 'body', ext: '.txt' },
    options: { config: { rules: [{ id: PRESET, rule: creator }] }, noPhysicFilePath: true },
  }).catch(() => {
    // No cause: it might quote the text.
    throw new Error('The search for secrets failed.');
  });
  return messages.flatMap(({ ruleId, range: [from, to] }) => {
    const name = ruleId.slice(RULE_PREFIX.length);
    const value = name === 'aws' ? awsSecret(content, from) : content.slice(from, to);
    return isExample(value) ? [] : [{ type: TYPES[name] ?? `${name}-token`, value, index: from, certain: true }];
  });
}

/** For this rule the range begins at the name before the secret and is as long as the secret. */
const awsSecret = (content: string, from: number): string =>
  /[A-Za-z0-9/+=]{40}/.exec(content.slice(from, from + 200))?.[0] ?? content.slice(from, from + 40);
