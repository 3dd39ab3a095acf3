import { expect, test } from 'vitest';
import { readTerminal } from '../../config/terminal.ts';

test.each([
  ['a pipe', {}, false, { colour: false, links: false }],
  ['a pipe of a terminal that shows links', { TERM_PROGRAM: 'iTerm.app' }, false, { colour: false, links: false }],
  ['a terminal', { TERM: 'xterm-256color' }, true, { colour: true, links: false }],
  ['a terminal with NO_COLOR', { TERM: 'xterm-kitty', NO_COLOR: '1' }, true, { colour: false, links: true }],
  ['a terminal with an empty NO_COLOR', { NO_COLOR: '' }, true, { colour: true, links: false }],
  ['a terminal that can nothing', { TERM: 'dumb', TERM_PROGRAM: 'vscode' }, true, { colour: false, links: false }],
  ['VS Code', { TERM_PROGRAM: 'vscode' }, true, { colour: true, links: true }],
  ['Windows Terminal', { WT_SESSION: 'c0ffee' }, true, { colour: true, links: true }],
  ['a VTE with links', { VTE_VERSION: '7600' }, true, { colour: true, links: true }],
  ['a VTE that links crash', { VTE_VERSION: '4800' }, true, { colour: true, links: false }],
  [
    'tmux within a terminal that shows links',
    { TERM: 'tmux-256color', VTE_VERSION: '7600' },
    true,
    { colour: true, links: false },
  ],
])('%s', (_, environment, isTerminal, ink) => {
  expect(readTerminal(environment, { isTerminal })).toEqual(ink);
});
