import type { Need } from '../domain/rule.ts';
import type { WriteKind } from '../domain/write-action.ts';
import { type Endpoint, ENDPOINTS } from './endpoints.ts';
import { WRITE_ENDPOINTS } from './write-endpoints.ts';

/** What decides which operations an audit calls. */
export interface AuditShape {
  readonly needs: ReadonlySet<Need>;
  /** `apply` also writes. */
  readonly mode: 'audit' | 'plan' | 'apply';
  /** What is written then; labels unless said otherwise. */
  readonly writes?: readonly WriteKind[];
  /** Whether on-call groups are configured. */
  readonly groups: boolean;
  readonly blogPosts: boolean;
  /** What beside labels and texts may attest runbooks. */
  readonly attestedBy: { readonly property: boolean; readonly status: boolean };
}

/** Every operation that an audit of this shape may call, and so every scope that its token has to have. */
export function neededEndpoints(shape: AuditShape): readonly Endpoint[] {
  const { needs, mode, writes = ['label'], groups, blogPosts, attestedBy } = shape;
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
    ...(mode === 'apply' ? writes.flatMap((kind): readonly Endpoint[] => WRITE_ENDPOINTS[kind]) : []),
  ];
}

/** The scopes of these operations, each once, in order. */
export const scopesOf = (endpoints: readonly Endpoint[]): readonly string[] =>
  [...new Set(endpoints.map(({ scope }) => scope))].toSorted();
