/** How an attempt to deliver a message ended. `why` and `how` hold neither addresses that are secret nor what a stranger wrote. */
export type Sent =
  | { readonly ok: true; readonly how: string }
  | {
      readonly ok: false;
      readonly why: string;
      /** True where the receiver refuses this message and might take another. */
      readonly ofMessage: boolean;
      /** Milliseconds for which the receiver asks for patience. */
      readonly askedMs: number | null;
    };

export const refusedFor = (
  why: string,
  more: { readonly ofMessage?: boolean; readonly askedMs?: number | null } = {},
): Sent => ({
  ok: false,
  why,
  ofMessage: more.ofMessage ?? false,
  askedMs: more.askedMs ?? null,
});
