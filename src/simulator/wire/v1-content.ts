import { settledLabels } from '../world/lookup.ts';
import { type Content, newestVersion, type Version, type WorldState } from '../world/model.ts';
import { ancestorsOf, canRead, type Subject } from '../world/visibility.ts';
import { showPerson } from './user.ts';
import { showLabels, showRestriction } from './v1-parts.ts';
import { contentLinks } from './v2-content.ts';

interface Scene {
  readonly world: WorldState;
  readonly who: Subject;
  readonly base: string;
  readonly now: Date;
}

/** What a content search can expand here; the official list is longer. */
export const EXPANSIONS = [
  'metadata.labels',
  'restrictions.read.restrictions.user',
  'restrictions.read.restrictions.group',
  'restrictions.update.restrictions.user',
  'restrictions.update.restrictions.group',
  'version',
  'ancestors',
  'space',
  'history',
  'body.storage',
] as const;
export type Expansion = (typeof EXPANSIONS)[number];

const showVersion = (scene: Scene, content: Content, version: Version) => ({
  by: showPerson(scene.world, scene.base, version.authorId),
  when: version.createdAt,
  friendlyWhen: version.createdAt.slice(0, 10),
  message: version.message,
  number: version.number,
  minorEdit: version.minorEdit,
  contentTypeModified: false,
  _expandable: { collaborators: '', content: `/rest/api/content/${content.id}` },
  _links: { self: `${scene.base}/rest/api/content/${content.id}/version/${version.number}` },
});

const showHistory = (scene: Scene, content: Content) => ({
  latest: true,
  createdBy: showPerson(scene.world, scene.base, content.authorId),
  createdDate: content.createdAt,
  _expandable: { lastUpdated: '', lastOwnedBy: '', contributors: '', nextVersion: '', ownedBy: '' },
  _links: { self: `${scene.base}/rest/api/content/${content.id}/history` },
});

function showSpace(scene: Scene, content: Content) {
  const space = scene.world.spaces.get(content.spaceId);
  return {
    id: Number(content.spaceId),
    key: space?.key,
    name: space?.name,
    type: space?.type,
    status: space?.status,
    _expandable: {
      settings: `/rest/api/space/${space?.key}/settings`,
      metadata: '',
      operations: '',
      permissions: '',
      icon: '',
      description: '',
      history: '',
      homepage: space?.homepageId === null ? '' : `/rest/api/content/${space?.homepageId}`,
    },
    _links: { self: `${scene.base}/rest/api/space/${space?.key}`, webui: `/spaces/${space?.key}` },
  };
}

function showRestrictions(scene: Scene, content: Content, asked: ReadonlySet<Expansion>) {
  const one = (operation: 'read' | 'update') => {
    const { restrictions, ...rest } = showRestriction(scene.world, scene.base, content, operation);
    const user = asked.has(`restrictions.${operation}.restrictions.user`) ? { user: restrictions.user } : {};
    const group = asked.has(`restrictions.${operation}.restrictions.group`) ? { group: restrictions.group } : {};
    return { ...rest, restrictions: { ...user, ...group } };
  };
  const wants = (operation: string): boolean => [...asked].some((name) => name.startsWith(`restrictions.${operation}`));
  const shown = (['read', 'update'] as const).filter(wants);
  const hidden = (['read', 'update'] as const).filter((operation) => !wants(operation));
  return {
    ...Object.fromEntries(shown.map((operation) => [operation, one(operation)])),
    _expandable: Object.fromEntries(hidden.map((operation) => [operation, ''])),
    _links: { self: `${scene.base}/rest/api/content/${content.id}/restriction/byOperation` },
  };
}

const bare = (scene: Scene, content: Content) => {
  const ari = `ari:cloud:confluence:${scene.world.cloudId}:${content.type}/${content.id}`;
  return {
    id: content.id,
    type: content.type,
    ari,
    base64EncodedAri: Buffer.from(ari).toString('base64'),
    status: content.status,
    title: content.title,
    macroRenderedOutput: {},
    extensions: { position: content.position ?? 'none' },
    _links: { self: `${scene.base}/rest/api/content/${content.id}`, ...contentLinks(scene.world, content) },
  };
};

/** A content object of v1 with exactly the expansions that were asked for; the rest is named under `_expandable`. */
export function showV1Content(scene: Scene, content: Content, asked: ReadonlySet<Expansion>): object {
  const own = `/rest/api/content/${content.id}`;
  const space = scene.world.spaces.get(content.spaceId);
  const restricted = [...asked].some((name) => name.startsWith('restrictions.'));
  const ancestors = (): object[] =>
    ancestorsOf(scene.world, content)
      .toReversed()
      .filter((node) => canRead(scene.world, scene.who, node))
      .map((node) => bare(scene, node));
  const labels = () => showLabels(scene.world, scene.base, content, settledLabels(scene.world, content, scene.now));
  const parts: Record<string, readonly [boolean, () => unknown, string]> = {
    history: [asked.has('history'), () => showHistory(scene, content), `${own}/history`],
    version: [asked.has('version'), () => showVersion(scene, content, newestVersion(content)), ''],
    ancestors: [asked.has('ancestors'), ancestors, ''],
    space: [asked.has('space'), () => showSpace(scene, content), `/rest/api/space/${space?.key}`],
    metadata: [
      asked.has('metadata.labels'),
      () => ({ labels: labels(), _expandable: { currentuser: '', properties: '', frontend: '' } }),
      '',
    ],
    restrictions: [restricted, () => showRestrictions(scene, content, asked), `${own}/restriction/byOperation`],
    body: [
      asked.has('body.storage'),
      () => ({ storage: { value: newestVersion(content).body, representation: 'storage' } }),
      '',
    ],
  };
  const shown = Object.entries(parts).filter(([, [wanted]]) => wanted);
  const hidden = Object.entries(parts).filter(([, [wanted]]) => !wanted);
  return {
    ...bare(scene, content),
    ...Object.fromEntries(shown.map(([name, [, show]]) => [name, show()])),
    _expandable: {
      container: `/rest/api/space/${space?.key}`,
      children: `${own}/child`,
      operations: '',
      ...Object.fromEntries(hidden.map(([name, [, , link]]) => [name, link])),
    },
  };
}
