import type { RunbookDraft } from './compose.ts';
import type { Language, PagePlan, Setting } from './page.ts';

/** What a variant knows of the runbook that it changes. */
interface Tools extends Setting {
  readonly language: Language;
  readonly number: number;
  /** Title of the page above. */
  readonly parent: string;
  /** The words in the language of the page. */
  readonly say: (english: string, german: string) => string;
}

/** One thing that is special about a runbook, and what an audit should say of it: decided by hand, from what the documentation promises. */
export interface Variant extends Required<Pick<PagePlan, 'about' | 'expected'>>, Pick<PagePlan, 'unjudged'> {
  readonly change: (draft: RunbookDraft, tools: Tools) => Partial<RunbookDraft>;
}
