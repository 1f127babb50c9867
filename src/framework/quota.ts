import type { ResolvedJob } from '../job/resolved.ts';
import { compilePattern } from '../lib/pattern.ts';

/** How many URLs of a kind may be fetched: what the frontier needs to keep to it. */
export interface Quotas {
  /** By number: the most URLs that may be fetched. */
  readonly limits: readonly number[];
  /** By number: why the others are kept out, `quota /list/**`. Stable, so that counts can be kept under it. */
  readonly reasons: readonly string[];
  /** The number of the quota that counts a canonical URL: the first in the job whose pattern matches. Undefined: none does. */
  of(url: string): number | undefined;
}

export function compileQuotas(quota: ResolvedJob['frontier']['quota']): Quotas {
  const tests = quota.map(({ pattern }) => compilePattern(pattern));
  return {
    limits: quota.map(({ limit }) => limit),
    reasons: quota.map(({ pattern }) => `quota ${pattern}`),
    of: (url) => {
      const number = tests.findIndex((matches) => matches(url));
      return number < 0 ? undefined : number;
    },
  };
}
