import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/notify/message.ts';
import { emailBody } from '../../src/notify/email-body.ts';
import { slackBody } from '../../src/notify/slack-body.ts';
import { signingKey, webhookBody } from '../../src/notify/webhook-body.ts';
import { digest, finding, HOSTILE, hostileDigest } from './hostile.ts';

interface Slack {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly text?: { readonly text: string; readonly verbatim: boolean };
  }[];
}

const told = (message: Message): Slack => JSON.parse(slackBody(message)) as Slack;
const message = (text: string): Message => ({ kind: 'digest', digest: hostileDigest(text) });
const many = (count: number): Message => ({
  kind: 'digest',
  digest: digest({
    newFindings: {
      count,
      shown: Array.from({ length: 20 }, (_, index) => finding(`Page ${index} ${'<&>'.repeat(200)}`)),
    },
  }),
});

describe.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 40)), text] as const))(
  'with %s everywhere',
  (_, text) => {
    it('Slack sees no mention, and no link but to the page', () => {
      const { text: fallback, blocks } = told(message(text));
      const shown = blocks.flatMap((block) => block.text ?? []);
      expect(shown.length).toBeGreaterThan(1);
      expect(shown.every(({ verbatim }) => verbatim)).toBe(true);
      for (const piece of [fallback, ...shown.map((each) => each.text)]) {
        const angles = piece.match(/<[^>]*>?/g) ?? [];
        expect(angles.filter((angle) => !/^<https:\/\/acme\.[a-z.]+\/[^|<>\s]*\|[^|<>]+>$/.test(angle))).toEqual([]);
        expect(piece.replaceAll(/<[^>]*>/g, '')).not.toContain('>');
      }
    });

    it('a mail has one line as its subject and no element but ours', () => {
      const { subject, html } = emailBody(message(text));
      expect(subject).not.toMatch(/[\r\n]/);
      const found: string[] = [];
      const walk = (node: ReturnType<typeof parseDocument>['children'][number]): void => {
        if (!('name' in node)) return;
        const attributes = 'attribs' in node ? Object.entries(node.attribs) : [];
        found.push(
          [
            node.name,
            ...attributes.map(([name, value]) => `${name}=${name === 'href' ? value.slice(0, 13) : value}`),
          ].join(' '),
        );
        if ('children' in node) node.children.forEach(walk);
      };
      parseDocument(html, { decodeEntities: true }).children.forEach(walk);
      const ours =
        /^(?:!doctype|html lang=en|head|meta charset=utf-8|title|body|h1|h2|ul|li|p|strong|a href=https:\/\/acme\.)$/;
      expect(found.filter((element) => !ours.test(element))).toEqual([]);
      expect(found.filter((element) => element.startsWith('a ')).length).toBeGreaterThan(0);
    });

    it('JSON holds it as it is', () => {
      const { data } = JSON.parse(webhookBody(message(text))) as {
        data: { new_findings: { shown: { page_title: string }[] } };
      };
      expect(data.new_findings.shown[0]?.page_title).toBe(text);
    });
  },
);

it('a long digest stays within what Slack takes, and says how much it leaves out', () => {
  const { text, blocks } = told(many(12_345));
  expect(text).toContain('12345 new findings');
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(Math.max(...blocks.map((block) => block.text?.text.length ?? 0))).toBeLessThanOrEqual(3_000);
  expect(JSON.stringify(blocks)).toContain('12325 more: report.new_since_last_run');
});

it('each kind of news has its heading and its place in the subject', () => {
  const { subject, text } = emailBody(message('So.'));
  expect(subject).toBe(
    'Documentation audit of acme: failed, not audited, credential ends, 1 new finding, 1 resolved finding, 1 mute about to end',
  );
  expect(text.match(/^[A-Z][a-z ]+(?= ?\(|$)/gm)).toEqual(
    expect.arrayContaining(['The audit failed', 'Not audited', 'Credentials about to end']),
  );
  expect(text).toContain('until 2026-11-09: So. (by So.; 2 findings)');
});

it.each([
  ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3', 24],
  ['MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\n', 24],
  ['c2hvcnQ=', null],
  ['not base64!', null],
  ['', null],
])('the key behind %j has %s bytes', (secret, bytes) => {
  expect(signingKey(secret)?.length ?? null).toBe(bytes);
});
