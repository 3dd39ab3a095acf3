import { anchorLink, h, include, p, pageLink, webLink } from '../../src/simulator/seed/storage.ts';
import type { Variant } from './variant.ts';

/** Where the links of a runbook lead. */
export const LINKS: readonly Variant[] = [
  {
    about: 'links to a page that does not exist',
    expected: ['broken-page-link'],
    change: ({ more }) => ({ more: more + p(pageLink('A page that nobody wrote')) }),
  },
  {
    about: 'links to its parent in other capitals',
    expected: [],
    change: ({ more }, { parent }) => ({ more: more + p(pageLink(parent.toUpperCase())) }),
  },
  {
    about: 'links into the archive',
    expected: ['archived-but-linked'],
    change: ({ more }) => ({ more: more + p(pageLink('Old exchange', 'OPS')) }),
  },
  {
    about: 'links to the trash',
    expected: ['archived-but-linked'],
    change: ({ more }) => ({ more: more + p(pageLink('Thrown away', 'OPS')) }),
  },
  {
    about: 'links to a page that was written anew after the trash',
    expected: [],
    change: ({ more }) => ({ more: more + p(pageLink('Written anew', 'OPS')) }),
  },
  {
    about: 'includes a page that does not exist',
    expected: ['broken-include'],
    change: ({ more }) => ({ more: more + include('Shared steps of nobody') }),
  },
  {
    about: 'jumps to headings in the spelling of both editors, and to the web',
    expected: [],
    change: ({ more }) => ({
      more:
        p(anchorLink('Spare-parts', 'parts'), anchorLink('Spareparts', 'parts'), anchorLink('top', 'up')) +
        more +
        h(2, 'Spare parts') +
        p(webLink('https://parts.corp.net/#nowhere', 'shop')),
    }),
  },
  {
    about: 'jumps to a heading that it does not have',
    expected: ['broken-anchor'],
    change: ({ more }) => ({ more: more + p(anchorLink('Boiler', 'the boiler')) }),
  },
];
