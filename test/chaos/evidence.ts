/** A request as it left a process, and what came back; an answer that got lost never came back. */
export interface SeenCall {
  readonly worker: string;
  readonly origin: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string;
  readonly body: string | null;
  readonly sentAt: number;
  answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly at: number;
  } | null;
}

/** What the world saw of the processes from outside; the invariants are held against it. */
export interface Evidence {
  readonly calls: readonly SeenCall[];
  /** Lines of the program's log. */
  readonly log: readonly string[];
  readonly sent: (call: Omit<SeenCall, 'answer'>) => SeenCall;
  readonly answered: (call: SeenCall, answer: NonNullable<SeenCall['answer']>) => void;
  readonly say: (line: string) => void;
}

export function createEvidence(): Evidence {
  const calls: SeenCall[] = [];
  const log: string[] = [];
  return {
    calls,
    log,
    sent(call) {
      const seen: SeenCall = { ...call, answer: null };
      calls.push(seen);
      return seen;
    },
    answered(call, answer) {
      call.answer = answer;
    },
    say: (line) => void log.push(line),
  };
}
