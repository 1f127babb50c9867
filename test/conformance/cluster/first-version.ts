/** What the cluster did otherwise when its recordings were first played against it. Scenarios that are not here were the same. */
export const FIRST_VERSION: Readonly<Record<string, string>> = {};
