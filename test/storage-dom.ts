import { Parser } from 'htmlparser2';

/** The tags of a text in storage format, without its words: what markup it is, whatever it says. */
export function readDom(storage: string): readonly string[] {
  const tags: string[] = [];
  const parser = new Parser(
    { onopentag: (name) => void tags.push(`<${name}>`), onclosetag: (name) => void tags.push(`</${name}>`) },
    { xmlMode: true },
  );
  parser.write(storage);
  parser.end();
  return tags;
}
