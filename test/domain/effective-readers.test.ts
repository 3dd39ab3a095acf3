import { describe, expect, it } from 'vitest';
import { groupAccess } from '../../src/domain/effective-readers.ts';
import type { RestrictedNode } from '../../src/domain/rule.ts';
import { node, readers } from '../page-view.ts';

const access = (chain: readonly RestrictedNode[], { chainComplete = true, known = true } = {}) =>
  groupAccess('g1', { chain, chainComplete, known });
const open = (confidence: string) => ({ readable: true, confidence });

describe('groupAccess', () => {
  it.each([
    ['nothing is restricted', [], {}, open('full')],
    ['every list names the group', [node('1', readers(['g1'])), node('2', readers(['g2', 'g1']))], {}, open('full')],
    ['a list is empty', [node('1', readers([]))], {}, open('full')],
    ['only updating is restricted', [node('1', readers([]), readers(['g2'], ['ada']))], {}, open('full')],
    ['an ancestor is invisible', [node('1', readers(['g1']))], { chainComplete: false }, open('partial')],
    ['the own lists are unknown', [], { known: false }, open('partial')],
  ])('lets the group read where %s', (_, chain, rest, expected) => {
    expect(access(chain, rest)).toMatchObject(expected);
  });

  it('names the nearest node that shuts the group out, and how many more do', () => {
    const chain = [
      node('1', readers(['g1'])),
      node('2', readers(['g2'])),
      node('3', readers([])),
      node('4', readers(['g3'])),
    ];
    expect(access(chain)).toEqual({
      readable: false,
      blockedBy: { pageId: '2', title: 'Page 2' },
      moreBlocks: 1,
      readers: readers(['g2']),
      confidence: 'full',
      doubt: null,
    });
  });

  it('is sure where only groups are listed, whatever is invisible farther up', () => {
    expect(access([node('2', readers(['g2']))], { chainComplete: false, known: false })).toMatchObject({
      readable: false,
      confidence: 'full',
    });
  });

  it('does not take people on a list for the group, but admits that they may be members', () => {
    expect(access([node('1', readers([], ['ada']))])).toMatchObject({ readable: false, confidence: 'partial' });
  });

  it('admits it only where people could pass every node that shuts the group out', () => {
    expect(access([node('1', readers([], ['ada'])), node('2', readers(['g2']))])).toMatchObject({
      readable: false,
      confidence: 'full',
    });
  });
});
