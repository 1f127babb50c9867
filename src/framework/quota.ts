import type { Quotas } from '../frontier/quotas.ts';
import type { ResolvedJob } from '../job/resolved.ts';
import { compilePattern } from '../lib/pattern.ts';

/** A URL is counted by the first quota in the job whose pattern matches it. */
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
