import type { RULE_IDS } from '../../src/domain/rule-ids.ts';

export type Person = 'ann' | 'ben' | 'cem' | 'dora' | 'leaver' | 'closed' | 'bot' | 'auditor';
export type Team = 'sre-oncall' | 'vault-keepers';
export type Language = 'en' | 'de' | 'fr';
type RuleId = keyof typeof RULE_IDS;
/** What an audit should say of a page: the rule that finds it wanting, with `:warn` where it only warns. */
type Verdict = RuleId | `${RuleId}:warn`;

interface Edit {
  readonly by: Person;
  /** Days before now. */
  readonly age: number;
  readonly minor?: boolean;
}
interface File {
  readonly title: string;
  readonly size?: number;
  readonly type?: string;
  readonly deleted?: boolean;
}
interface Remark {
  readonly age: number;
  /** Where it is null the comment stands below the text. */
  readonly selection: string | null;
  readonly settled?: 'resolved' | 'reopened' | 'dangling';
}
interface Access {
  readonly users?: readonly Person[];
  readonly groups?: readonly Team[];
}

/** One page of the corpus, and what is true of it. Days count back from now. */
export interface PagePlan {
  readonly space: string;
  readonly title: string;
  readonly body: string;
  /** What is special about it; told where a rule misses. */
  readonly about: string;
  readonly expected: readonly Verdict[];
  /** Rules that must say that they cannot tell. */
  readonly unjudged?: readonly RuleId[];
  /** Title of the page above it in the same space; the home page where it is missing, the root where it is null. */
  readonly parent?: string | null;
  readonly by?: Person;
  readonly owner?: Person;
  readonly created?: number;
  readonly edits?: readonly Edit[];
  readonly labels?: readonly string[];
  readonly files?: readonly File[];
  readonly remarks?: readonly Remark[];
  readonly read?: Access;
  readonly update?: Access;
  readonly subtype?: 'live';
  readonly fate?: 'archived' | 'trashed';
}

/** What texts need to speak of time and people. */
export interface Setting {
  /** `2026-10-01`, so many days before now. */
  readonly day: (age: number) => string;
  /** Storage format of a mention. */
  readonly mention: (person: Person) => string;
}
