/** What an administrative act may be called; the words of the commands. */
export const ACTIONS = [
  'tenant-add',
  'tenant-import',
  'tenant-set',
  'tenant-verify',
  'tenant-authorize',
  'tenant-rotate',
  'tenant-disable',
  'tenant-enable',
  'tenant-remove',
  'reader-grant',
  'keys-rotate',
  'finding-mute',
  'finding-unmute',
  'findings-baseline',
  'coverage-accept',
  'apply',
  'undo',
  'migrate',
  'prune',
  'privacy',
  'trail-read',
] as const;

export type Action = (typeof ACTIONS)[number];

/** Something that a person did here, told so that it can be read by anybody: never a secret, a header or a text of a page. */
export interface Act {
  readonly action: Action;
  /** What it was done to, where that is not the tenant itself: the id of a plan or finding, the name of a role or credential. */
  readonly subject?: string;
  /** In the words of whoever did it, where the command asks for a reason. */
  readonly reason?: string;
  /** Names, counts, times: flat, so that no object is handed over with what happens to be in it. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Whoever acts, and how the record of it gets its id. */
export interface Acting {
  /** user@host */
  readonly actor: string;
  readonly newId: () => string;
}

/** Under this name stand the acts that concern the installation as a whole. No tenant can be called so. */
export const FLEET = '*';
