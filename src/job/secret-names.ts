import type { KeyPath } from '../extract/types.ts';

/** Keys whose values are never shown. */
const SECRET_KEYS =
  /^(?:secret|password|token|authorization|proxy-authorization|cookie|api[_-]?key|x-api-key|x-auth-token)$/i;

/** Names of variables whose values are never shown. */
const SECRET_VARIABLES = /SECRET|TOKEN|PASSWORD|KEY/i;

/** Fields and expectations may be called "token" and hold selectors: there names tell nothing. */
const NAMES_OF_USERS = new Set<string | number>(['extractors', 'expect', 'tests']);

/** True when what stands at `path` must not be shown. */
export function isSecretPath(path: KeyPath): boolean {
  const [top = '', , section] = path;
  const key = path.at(-1);
  if (typeof key !== 'string' || NAMES_OF_USERS.has(top)) return false;
  // Both hold variables, named as variables are.
  if (top === 'vars' || (top === 'executors' && section === 'env')) return path.length > 1 && isSecretVariable(key);
  return SECRET_KEYS.test(key);
}

export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLES.test(name);
}
