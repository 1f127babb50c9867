import { productTokenOf } from '../fetch/robots.ts';
import { saysNofollow } from '../fetch/x-robots-tag.ts';
import type { Work } from './work.ts';

/** Where a page asks that none of its links be followed, in words; undefined when it does not, or the job does not care. */
export function nofollowOf(
  page: { readonly nofollow: boolean; readonly headers: Readonly<Record<string, string>> },
  { robots, userAgent }: Pick<Work['politeness'], 'robots' | 'userAgent'>,
): string | undefined {
  if (robots === 'ignore') return undefined;
  if (page.nofollow) return 'robots meta';
  const tag = page.headers['x-robots-tag'];
  return tag !== undefined && saysNofollow(tag, productTokenOf(userAgent)) ? 'X-Robots-Tag' : undefined;
}
