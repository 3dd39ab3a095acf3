/**
 * Every secret of the simulator and of the tests contains this word. So what must never be told can be looked for in anything that
 * was written, without a list of the secrets.
 */
export const CANARY = 'kingfisher';
