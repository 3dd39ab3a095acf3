/** Elements whose text a reader of the page does not see. */
export const SILENT: ReadonlySet<string> = new Set([
  'ac:parameter',
  'ac:default-parameter',
  'ac:placeholder',
  'ac:adf-attribute',
  'ac:adf-fallback', // repeats what ac:adf-content says
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
]);

/** Elements inside a word; any other one ends it. */
export const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var ac:inline-comment-marker'.split(
    ' ',
  ),
);

export const MACRO: ReadonlySet<string> = new Set(['ac:structured-macro', 'ac:macro']);

/** Code and the like: markup in here is text, even where it was not wrapped in CDATA. */
export const PLAIN: ReadonlySet<string> = new Set(['ac:plain-text-body', 'ac:plain-text-link-body']);
