/** Asked right before each request is sent, after all waiting for its turn; what it throws is thrown in place of the request. */
export type MayAsk = (about: { readonly write: boolean }) => Promise<void>;
