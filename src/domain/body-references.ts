import type { BodyFacts, BodyLink } from './facts.ts';
import { MACRO, PLAIN } from './storage-elements.ts';
import type { Attributes } from './storage-tags.ts';

type Found = Pick<BodyFacts, 'attachments' | 'foreignAttachments' | 'links' | 'macros'>;

interface PageName {
  readonly title: string;
  readonly spaceKey: string | null;
}
interface FileReference {
  readonly fileName: string;
  /** The page that holds the file, where it is not the page of the body. */
  holder: PageName | null;
}
interface Macro {
  readonly name: string;
  /** The parameter that is open now. */
  parameter: string | null;
  /** What its parameter `page` names: its files lie there. */
  page: PageName | null;
  readonly files: FileReference[];
}

/** Longer names exist nowhere in Confluence (255 characters); they are left out and the facts called incomplete. */
const MAX_NAME = 2_048;
const MAX_FILES = 5_000;
const MAX_LINKS = 20_000;
const MAX_MACROS = 1_000;

/** The elements that it has to be told of, beside all whose name begins with `ri:`. */
export const REFERRING: readonly string[] = [...PLAIN, ...MACRO, 'ac:parameter', 'ac:link', 'a'];
const INCLUDING: ReadonlySet<string> = new Set(['include', 'excerpt-include']);

/**
 * Collects what a body points to: files, pages, addresses and people; fed with the events of `readStorage`. The elements:
 * https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export function createReferences() {
  const files: FileReference[] = [];
  const links = new Map<string, BodyLink>();
  const macroNames = new Set<string>();
  const macros: Macro[] = [];
  let plain = 0;
  let link: { readonly anchor: string | null; hasTarget: boolean } | null = null;
  let file: FileReference | null = null;
  let complete = true;

  /** A name fit to be stored: Postgres takes neither NUL nor half a surrogate pair. */
  const kept = (value: string | undefined): string | null => {
    const name = (value ?? '').replaceAll('\0', '').trim().toWellFormed();
    if (name.length > MAX_NAME) complete = false;
    return name === '' || name.length > MAX_NAME ? null : name;
  };
  const addLink = (found: BodyLink): void => {
    const key = JSON.stringify(found);
    if (links.size < MAX_LINKS) links.set(key, found);
    else if (!links.has(key)) complete = false;
  };
  const macroOfParameter = (): Macro | undefined => {
    const innermost = macros.at(-1);
    return innermost?.parameter === null ? undefined : innermost;
  };

  const openFile = (attributes: Attributes): void => {
    const fileName = kept(attributes.get('ri:filename'))?.normalize('NFC');
    if (fileName === undefined) return;
    if (files.length >= MAX_FILES) {
      complete = false;
      return;
    }
    file = { fileName, holder: null };
    files.push(file);
    macroOfParameter()?.files.push(file);
  };

  const openPage = (page: PageName): void => {
    const macro = macroOfParameter();
    if (macro !== undefined && INCLUDING.has(macro.name)) return addLink({ kind: 'include', ...page });
    if (macro?.parameter === 'page') macro.page = page;
    addLink({ kind: 'page', ...page, anchor: link?.anchor ?? null });
  };

  /** `ri:*`: what an image, a link or a parameter points to. */
  const openResource = (name: string, attributes: Attributes): void => {
    if (link !== null) link.hasTarget = true;
    const title = kept(attributes.get('ri:content-title'));
    const spaceKey = kept(attributes.get('ri:space-key'));
    if (name === 'ri:attachment') openFile(attributes);
    else if (file !== null) file.holder = { title: title ?? '', spaceKey };
    else if (name === 'ri:page' && title !== null) openPage({ title, spaceKey });
    else if (name === 'ri:user') {
      // Cloud writes account ids into both attributes.
      const accountId = kept(attributes.get('ri:account-id') ?? attributes.get('ri:userkey'));
      if (accountId !== null) addLink({ kind: 'user', accountId });
    }
  };

  const openAddress = (attributes: Attributes): void => {
    const url = kept(attributes.get('href'));
    if (url === null) return;
    if (!url.startsWith('#')) return addLink({ kind: 'url', url });
    const anchor = percentDecoded(url.slice(1));
    if (anchor !== '') addLink({ kind: 'anchor', anchor });
  };

  const openMacro = (attributes: Attributes): void => {
    const name = kept(attributes.get('ac:name')) ?? '';
    macros.push({ name, parameter: null, page: null, files: [] });
    if (macroNames.size >= MAX_MACROS && !macroNames.has(name)) complete = false;
    else if (name !== '') macroNames.add(name);
  };

  const closeMacro = (): void => {
    const macro = macros.pop();
    for (const held of macro?.files ?? []) held.holder ??= macro?.page ?? null;
  };

  const closeLink = (): void => {
    if (link?.anchor && !link.hasTarget) addLink({ kind: 'anchor', anchor: link.anchor });
    link = null;
  };

  return {
    open(name: string, attributes: Attributes): void {
      if (PLAIN.has(name)) plain += 1;
      if (plain > 0) return;
      if (MACRO.has(name)) openMacro(attributes);
      else if (name === 'ac:parameter') {
        const macro = macros.at(-1);
        if (macro !== undefined) macro.parameter = attributes.get('ac:name') ?? '';
      } else if (name === 'ac:link') {
        const anchor = kept(attributes.get('ac:anchor'));
        link = { anchor: anchor === null ? null : percentDecoded(anchor), hasTarget: false };
      } else if (name === 'a') openAddress(attributes);
      else if (name.startsWith('ri:')) openResource(name, attributes);
    },
    close(name: string): void {
      if (PLAIN.has(name)) plain -= 1;
      else if (plain > 0) return;
      else if (MACRO.has(name)) closeMacro();
      else if (name === 'ac:parameter') {
        const macro = macros.at(-1);
        if (macro !== undefined) macro.parameter = null;
      } else if (name === 'ac:link') closeLink();
      else if (name === 'ri:attachment') file = null;
    },
    result(): Found & { readonly complete: boolean } {
      return {
        attachments: [...new Set(files.filter((f) => f.holder === null).map((f) => f.fileName))],
        foreignAttachments: foreign(files),
        links: [...links.values()],
        macros: [...macroNames].toSorted(),
        complete,
      };
    },
  };
}

function foreign(files: readonly FileReference[]): BodyFacts['foreignAttachments'] {
  const found = new Map<string, BodyFacts['foreignAttachments'][number]>();
  for (const { fileName, holder } of files) {
    if (holder === null) continue;
    const entry = { fileName, pageTitle: holder.title, spaceKey: holder.spaceKey };
    found.set(JSON.stringify(entry), entry);
  }
  return [...found.values()];
}

/** Anchors come percent-encoded; one that is not stays as it is. */
function percentDecoded(anchor: string): string {
  try {
    return decodeURIComponent(anchor).replaceAll('\0', '');
  } catch {
    return anchor;
  }
}
