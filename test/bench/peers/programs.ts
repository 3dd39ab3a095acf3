/** What a program reads of a site, as far as it bears on an audit; by its code. */
export interface Covers {
  readonly restrictions: string;
  readonly attachments: string;
  readonly labels: string;
  readonly humanEdits: string;
  readonly mayRead: string;
  readonly incremental: string;
}

export interface Program {
  readonly name: string;
  readonly file: URL;
  /** For the registry; none where all it needs is here. */
  readonly packages: readonly string[];
  readonly covers: Covers;
}

const NO = 'no';
const YES = 'yes';

export const OURS: Covers = {
  restrictions: YES,
  attachments: YES,
  labels: YES,
  humanEdits: YES,
  mayRead: YES,
  incremental: YES,
};

/** Whether it can be compared with an audit at all. */
export const coversAccess = ({ restrictions, attachments }: Covers): boolean =>
  restrictions !== NO && attachments !== NO;

export const PROGRAMS: readonly Program[] = [
  {
    name: 'page by page (confluence.js 3.2.0)',
    file: new URL('page-by-page.ts', import.meta.url),
    packages: [],
    covers: {
      restrictions: 'of each page, not of folders above it',
      attachments: YES,
      labels: YES,
      humanEdits: 'versions, authors not told from apps',
      mayRead: NO,
      incremental: NO,
    },
  },
  {
    name: 'Backstage Confluence collator 0.17.2',
    file: new URL('backstage.ts', import.meta.url),
    packages: ['@backstage-community/plugin-search-backend-module-confluence-collator@0.17.2', '@backstage/config'],
    covers: {
      restrictions: NO,
      attachments: NO,
      labels: NO,
      humanEdits: 'newest version only',
      mayRead: NO,
      incremental: NO,
    },
  },
  {
    name: 'LangChain ConfluencePagesLoader (JS, @langchain/community 1.1.29)',
    file: new URL('langchain.ts', import.meta.url),
    packages: ['@langchain/community@1.1.29', '@langchain/core@1', 'html-to-text@9'],
    covers: {
      restrictions: NO,
      attachments: NO,
      labels: NO,
      humanEdits: 'newest version only',
      mayRead: NO,
      incremental: NO,
    },
  },
];
