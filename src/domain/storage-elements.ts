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

export const CELL: ReadonlySet<string> = new Set(['td', 'th']);

/** Code and the like: markup in here is text, even where it was not wrapped in CDATA. */
export const PLAIN: ReadonlySet<string> = new Set(['ac:plain-text-body', 'ac:plain-text-link-body']);

/** The other names that wikis are full of. */
export const USUAL: readonly string[] =
  `p br hr h1 h2 h3 h4 h5 h6 ul ol li div pre blockquote table colgroup col thead tbody tfoot tr td th time img
  ac:adf-content ac:adf-extension ac:adf-node ac:emoticon ac:image ac:layout ac:layout-cell ac:layout-section ac:link ac:link-body
  ac:rich-text-body ac:task ac:task-body ac:task-list ri:attachment ri:blog-post ri:content-entity ri:page ri:shortcut ri:space ri:url
  ri:user`.split(/\s+/);
