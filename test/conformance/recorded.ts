import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Answers that were recorded on real sites. They belong to other people and are not part of this repository:
 * CONFLUENCE_RECORDED_DIR names a folder of files `{ status, body, headers?, request? }`, some of them `{ cases }`.
 */
export interface Recorded {
  readonly file: string;
  readonly kind: Kind;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** Header lines, in the files that hold nothing else. */
  readonly cases: readonly HeaderCase[];
}

export interface HeaderCase {
  readonly name?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly header?: string;
  readonly value?: string;
}

const KINDS = {
  pages: /^v2-(pages|space-pages|label-pages)-/,
  page: /^v2-page-(single|post|put)/,
  posts: /^v2-(blogposts|space-blogposts)/,
  spaces: /^v2-spaces/,
  space: /^v2-space-single/,
  attachments: /^v2-(page-)?attachments/,
  attachment: /^v2-attachment-single/,
  versions: /^v2-(page|attachment)-versions/,
  inlineComments: /^v2-inline-comments/,
  footerComments: /^v2-page-footer-comments/,
  tasks: /^v2-tasks/,
  contentSearch: /^v1-content-search/,
  search: /^v1-search/,
  restrictions: /^v1-restriction-byOperation/,
  restrictionList: /^v1-restriction-list/,
  groups: /^v1-groups/,
  members: /^v1-group-members/,
  failure: /^err-(v1|v2|gateway)-/,
  // Operations that this program does not call; what their answers mean is read all the same.
  otherSuccess: /^(oauth-|v2-page-properties|v2-page-delete)/,
  otherFailure: /^err-oauth-/,
  limits: /^429-headers/,
  links: /^link-headers/,
} as const;
export type Kind = keyof typeof KINDS;

const FOLDER = process.env['CONFLUENCE_RECORDED_DIR'] ?? '';

export const RECORDED_FILES: readonly string[] =
  FOLDER === '' ? [] : readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

export const kindsOf = (file: string): Kind[] =>
  (Object.keys(KINDS) as Kind[]).filter((kind) => KINDS[kind].test(file));

/** Every file of the folder that has a kind. */
export const RECORDED: readonly Recorded[] = RECORDED_FILES.flatMap((file) => {
  const [kind] = kindsOf(file);
  if (kind === undefined) return [];
  const {
    status = 0,
    body,
    headers = {},
    cases = [],
  } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Partial<Recorded>;
  return [{ file, kind, status, body, headers, cases }];
});

export function recordedFile(file: string): Recorded {
  const found = RECORDED.find((each) => each.file === file);
  if (found === undefined) throw new Error(`${file} is not in the folder.`);
  return found;
}
