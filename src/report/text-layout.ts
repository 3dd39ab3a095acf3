/** Characters that a terminal draws two cells wide. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\uffe0-\uffe6]/u;
/** Combining marks and format characters (joiners, zero-width blanks). */
const ZERO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
const ASCII = /^[ -~]*$/;

/** How many cells of a terminal `text` takes. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

const characterWidth = (character: string): number => {
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
};

/** `text` with blanks up to `width` cells. */
export const padText = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - textWidth(text)));

/** `text` in lines of at most `width` cells: broken between words where that is possible, inside a word where not. */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(2, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ').flatMap((part) => splitWord(part, width))) {
    if (current === '') current = word;
    else if (textWidth(current) + 1 + textWidth(word) <= width) current += ` ${word}`;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}

function splitWord(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  let partWidth = 0;
  for (const character of word) {
    const added = characterWidth(character);
    if (partWidth + added > width) {
      parts.push(part);
      part = '';
      partWidth = 0;
    }
    part += character;
    partWidth += added;
  }
  return [...parts, part];
}

/** The first `most` lines; where there were more, the last ends with an ellipsis and keeps to `width` cells. */
export function shortened(
  lines: readonly string[],
  { most, width }: { most: number; width: number },
): readonly string[] {
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  const [kept = ''] = splitWord(last, Math.max(1, width - 1));
  return [...lines.slice(0, most - 1), `${kept.trimEnd()}…`];
}
