import { idOf, type Message } from './message.ts';
import { type Item, outlineOf } from './outline.ts';

// https://docs.slack.dev/reference/block-kit/blocks/section-block
const LONGEST_BLOCK = 2_900;
/** Escaped; an ampersand takes five. */
const LONGEST_TEXT = 1_000;
// https://docs.slack.dev/reference/block-kit/blocks
const MOST_BLOCKS = 50;

/**
 * A message as an incoming webhook takes it. Text of strangers can neither mention anybody nor make a link: the three characters that
 * Slack reads are escaped, and `verbatim` keeps it from looking for names and addresses in what is left.
 */
export function slackBody(message: Message): string {
  const { subject, sections } = outlineOf(message);
  const lines = sections.flatMap(({ heading, items, more }) => [
    `*${escape(heading)}*`,
    ...items.map(lineOf),
    ...(more === null ? [] : [`_${escape(more)}_`]),
  ]);
  const texts = [`*${escape(subject)}*`, ...packed(lines)].slice(0, MOST_BLOCKS - 1);
  const blocks = texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
  const mark = { type: 'context', elements: [{ type: 'plain_text', text: idOf(message) }] };
  return JSON.stringify({ text: escape(subject), blocks: [...blocks, mark], unfurl_links: false, unfurl_media: false });
}

function lineOf({ label, title, url, text }: Item): string {
  const name =
    title === null
      ? ''
      : ` ${url === null ? escape(title) : `<${inLink(url)}|${escape(title).replaceAll('|', '¦')}>`}:`;
  return `• ${escape(label)}${name} ${fitting(text)}`;
}

/** Lines in as few blocks as hold them. */
function packed(lines: readonly string[]): string[] {
  const blocks: string[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last === undefined || last.length + 1 + line.length > LONGEST_BLOCK) blocks.push(line);
    else blocks[blocks.length - 1] = `${last}\n${line}`;
  }
  return blocks;
}

/** As much of a text as fits, escaped. */
function fitting(text: string): string {
  let fits = '';
  for (const letter of text) {
    const longer = fits + escape(letter);
    if (longer.length >= LONGEST_TEXT) return `${fits}…`;
    fits = longer;
  }
  return fits;
}

// https://docs.slack.dev/messaging/formatting-message-text#escaping
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const inLink = (url: string): string => escape(url).replaceAll('|', '%7C');
