import type { z } from 'zod';
import type { StatedMark } from './attestation.ts';
import type { BodyFacts } from './facts.ts';
import type { Freshness } from './freshness.ts';
import type { Account, Attachment, InlineComment, Label, Page, ReaderList, SpaceReaders } from './inventory.ts';
import type { Probe } from './probes.ts';
import type { Severity } from './severity.ts';
import type { TenantView } from './tenant-view.ts';

export type ResultStatus = 'fail' | 'warn' | 'ok' | 'error' | 'skip' | 'not-applicable';

/** What a rule says of one subject. A rule that yields nothing has judged its page `ok`. */
export interface RuleResult {
  /** Defaults to `fail`. */
  readonly status?: ResultStatus;
  /** A full sentence that ends with a period. */
  readonly reason: string;
  /** What exactly is judged; defaults to the page itself. */
  readonly subject?: {
    readonly type:
      | 'page'
      | 'space'
      | 'attachment'
      | 'file'
      | 'group'
      | 'user'
      | 'link'
      | 'secret'
      | 'credential'
      | 'tenant';
    readonly id: string;
  };
  /** Facts a reader or a view wants beside the sentence (`fresh_at`, `file_name`, …). Never text of a body, never a secret. */
  readonly evidence?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** `partial` where something that could change the verdict was not visible. Defaults to `full`. */
  readonly confidence?: 'full' | 'partial';
  /** Overrides the severity of the rule for this result. */
  readonly severity?: Severity;
  /**
   * Ask Confluence before believing it: only then is the permission-check endpoint called. Allowed drops the result,
   * denied makes it certain, no answer leaves it as it is.
   */
  readonly confirm?: {
    readonly operation: 'read' | 'update';
    readonly subject: { readonly type: 'group' | 'user'; readonly id: string };
  };
}

/** What a rule says of a page whose body it needs and nobody has read yet. */
export const BODY_UNREAD = {
  status: 'skip',
  reason: 'The body has not been read at this version yet.',
} as const satisfies RuleResult;

/**
 * What the walk has to fetch for a rule beyond the page lists. `links`: the bodies of exempt pages too, for what they point to counts.
 * `contributors`: older versions of runbooks, where creator and last editor are one person.
 */
export type Need =
  | 'body'
  | 'links'
  | 'labels'
  | 'restrictions'
  | 'attachments'
  | 'versions'
  | 'contributors'
  | 'accounts'
  | 'comments'
  | 'archive'
  | 'space-permissions';

/** One ancestor with a list of its own, nearest first; the page itself stands first where it has one. */
export interface RestrictedNode {
  readonly pageId: string;
  readonly title: string;
  readonly read: ReaderList;
  readonly update: ReaderList;
}

/** A page as rules see it: everything the walk knows of it, nothing that costs a request. */
export interface PageView {
  readonly page: Page;
  readonly spaceKey: string;
  readonly isRunbook: boolean;
  readonly labels: readonly Label[];
  readonly attachments: readonly Attachment[];
  /** Null where the body was not read yet at this version. Links are rows of their own, for rules in SQL. */
  readonly facts: Omit<BodyFacts, 'links'> | null;
  readonly freshness: Freshness;
  /** Everybody whom the page names and who is known: its authors, owners, editors and readers. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Null where the space has no owner. */
  readonly spaceOwnerId: string | null;
  /** The newest editor who is a person, where reading the versions told; null where nobody had to read them. */
  readonly humanEditorId: string | null;
  /** Null where the comments were not fetched. */
  readonly comments: readonly InlineComment[] | null;
  /** Everybody who wrote a version of the page, apps included; null where its versions were not read that far. */
  readonly contributors: readonly string[] | null;
  /** What content property and status attest, where the settings count them; null where they were never asked for. */
  readonly marks: readonly StatedMark[] | null;
  /** Who may view the space; null where its permissions were not read when all of it was last listed. */
  readonly spaceReaders: SpaceReaders | null;
  readonly restrictions: {
    /** The nodes on the way to the root that have a list of their own. */
    readonly chain: readonly RestrictedNode[];
    /** False where an ancestor is invisible to the account, so that the chain may be longer. */
    readonly chainComplete: boolean;
    /** Null where the page's own lists could not be read. */
    readonly known: boolean;
  };
}

export interface RuleContext {
  readonly now: Date;
  /** The tenant's on-call groups, resolved to ids. */
  readonly onCallGroups: readonly { readonly id: string; readonly name: string }[];
  /** The account that reads for this audit; null where it is not known. */
  readonly auditAccountId: string | null;
  /** Labels that the tenant's settings name, patterns included: they mean something here. */
  readonly labelWords: readonly string[];
}

interface RuleBase<Options extends z.ZodType> {
  readonly id: string;
  /** The heading of its findings. */
  readonly title: string;
  /** Why a reader should care; one or two sentences. */
  readonly why: string;
  readonly severity: Severity;
  /** What to do about a finding; one sentence. */
  readonly remediation: string;
  /** For the reference, in Markdown, a paragraph or list item each: what counts, what does not, and where it may be wrong. */
  readonly explanation: readonly string[];
  /** What one of its findings says; its test holds it. */
  readonly example: string;
  /** Judged only on runbooks, on every page in scope, or on the tenant itself. */
  readonly appliesTo: 'runbooks' | 'pages' | 'tenants';
  readonly options: Options;
  readonly needs: readonly Need[];
  /** What it asks of bodies beside the facts that are always drawn; only rules from outside ask anything. */
  readonly probes?: readonly Probe[];
}

export interface PageRule<Options extends z.ZodType = z.ZodType> extends RuleBase<Options> {
  readonly kind: 'page';
  check(view: PageView, context: RuleContext, options: z.output<Options>): Iterable<RuleResult>;
}

/**
 * One SQL statement over the inventory, run behind the tenant's door. It sees the relation `subject` (one row per page in
 * scope whose profile has this rule on: page_id, space_id, space_key, title, is_runbook, severity, options jsonb) and returns
 * the columns `page_id, status, reason, evidence` (jsonb or null), one row a page. Pages it does not return are judged ok;
 * `skip` leaves the findings of a page as they are.
 */
export interface SetRule<Options extends z.ZodType = z.ZodType> extends RuleBase<Options> {
  readonly kind: 'set';
  readonly sql: string;
  /**
   * What its findings are about: the page that a row names (the default), the space of that page, which then stands for it, or the
   * attachment in a further column, `subject_id`; then there may be many rows a page, and null means the page.
   */
  readonly about?: 'page' | 'space' | 'attachment';
  /** `partial` where something that the inventory does not hold could change its verdicts. Defaults to `full`. */
  readonly confidence?: 'full' | 'partial';
}

/** Judges the tenant itself at the end of every run; its findings are about no page. */
export interface TenantRule<Options extends z.ZodType = z.ZodType> extends RuleBase<Options> {
  readonly kind: 'tenant';
  check(view: TenantView, context: Pick<RuleContext, 'now'>, options: z.output<Options>): Iterable<RuleResult>;
}

export type Rule = PageRule | SetRule | TenantRule;

/** Gives a page rule its types; the file's default export. */
export function defineRule<Options extends z.ZodType>(rule: Omit<PageRule<Options>, 'kind'>): PageRule {
  return { kind: 'page', ...rule } as unknown as PageRule;
}

/** Gives a set rule its types; the file's default export. */
export function defineSetRule<Options extends z.ZodType>(rule: Omit<SetRule<Options>, 'kind'>): SetRule {
  return { kind: 'set', ...rule } as unknown as SetRule;
}

/** Gives a rule about tenants its types; the file's default export. */
export function defineTenantRule<Options extends z.ZodType>(
  rule: Omit<TenantRule<Options>, 'kind' | 'appliesTo' | 'needs'>,
): TenantRule {
  return { kind: 'tenant', appliesTo: 'tenants', needs: [], ...rule } as unknown as TenantRule;
}
