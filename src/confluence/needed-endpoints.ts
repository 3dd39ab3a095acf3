import type { Need } from '../domain/rule.ts';
import { type Endpoint, ENDPOINTS } from './endpoints.ts';

/** What decides which operations an audit calls. */
export interface AuditShape {
  readonly needs: ReadonlySet<Need>;
  /** `apply` also writes labels. */
  readonly mode: 'audit' | 'plan' | 'apply';
  /** Whether on-call groups are configured. */
  readonly groups: boolean;
  readonly blogPosts: boolean;
  /** What beside labels and texts may attest runbooks. */
  readonly attestedBy: { readonly property: boolean; readonly status: boolean };
}

/** Every operation that an audit of this shape may call, and so every scope that its token has to have. */
export function neededEndpoints({ needs, mode, groups, blogPosts, attestedBy }: AuditShape): readonly Endpoint[] {
  const e = ENDPOINTS;
  const always = [e.currentUser, e.spaces, e.pages, e.pagesInSpace, e.search, e.labelsOf, e.restrictionsOf];
  return [
    ...always,
    e.accounts,
    e.versions,
    ...(needs.has('restrictions') ? [e.folder, e.permissionCheck] : []),
    ...(needs.has('attachments') ? [e.attachments] : []),
    ...(needs.has('comments') ? [e.inlineComments] : []),
    ...(needs.has('space-permissions') ? [e.spacePermissions] : []),
    ...(blogPosts ? [e.blogPosts, e.labelsOfPost, e.versionsOfPost] : []),
    ...(attestedBy.property ? [e.propertiesOf] : []),
    ...(attestedBy.status ? [e.statusOf] : []),
    ...(groups ? [e.groups] : []),
    ...(mode === 'apply' ? [e.addLabel, e.removeLabel] : []),
  ];
}

/** The scopes of these operations, each once, in order. */
export const scopesOf = (endpoints: readonly Endpoint[]): readonly string[] =>
  [...new Set(endpoints.map(({ scope }) => scope))].toSorted();
