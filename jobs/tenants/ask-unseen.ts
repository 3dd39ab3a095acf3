const ENTER = /[\r\n]/;
const END = '\u0004';
const INTERRUPT = '\u0003';
const BACKSPACES = ['\u007f', '\b'];

/** What somebody types at a terminal, without showing it; null where they give up. */
export function askUnseen(
  {
    input,
    output,
    signal,
  }: {
    readonly input: Pick<NodeJS.ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'setEncoding'>;
    readonly output: { write(text: string): unknown };
    readonly signal: AbortSignal;
  },
  question: string,
): Promise<string | null> {
  return new Promise((resolve) => {
    let typed = '';
    const finish = (answer: string | null): void => {
      input.off('data', take);
      signal.removeEventListener('abort', giveUp);
      input.setRawMode(false);
      input.pause();
      output.write('\n');
      resolve(answer);
    };
    const giveUp = (): void => finish(null);
    const take = (text: string): void => {
      for (const key of text) {
        if (ENTER.test(key)) return finish(typed);
        if (key === INTERRUPT || key === END) return finish(null);
        typed = BACKSPACES.includes(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    output.write(question);
    // In raw mode the terminal neither shows what is typed nor makes signals of it.
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', take);
    signal.addEventListener('abort', giveUp, { once: true });
    input.resume();
  });
}
