import type { Ink } from '../src/domain/ink.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const LINKING_PROGRAMS = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'rio', 'Tabby']);
const LINKING_TERMS = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)/;
/** The first VTE whose links do not crash it. https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
const LINKING_VTE = 5001;

/** What stdout can show: colours on a terminal without NO_COLOR (https://no-color.org), links where the terminal is known for them. */
export function readTerminal(environment: Environment, { isTerminal }: { isTerminal: boolean }): Ink {
  const able = isTerminal && environment['TERM'] !== 'dumb';
  return { colour: able && (environment['NO_COLOR'] ?? '') === '', links: able && showsLinks(environment) };
}

function showsLinks({ TERM = '', TERM_PROGRAM = '', VTE_VERSION, WT_SESSION, DOMTERM }: Environment): boolean {
  // What stands between may swallow them.
  if (/^(?:screen|tmux)/.test(TERM)) return false;
  return (
    LINKING_PROGRAMS.has(TERM_PROGRAM) ||
    LINKING_TERMS.test(TERM) ||
    Number(VTE_VERSION ?? 0) >= LINKING_VTE ||
    (WT_SESSION ?? DOMTERM) !== undefined
  );
}
