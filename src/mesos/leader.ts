/** A non-leading master redirects straight to the leader: more hops mean that the masters disagree. */
export const REDIRECTS_MAX = 5;

/**
 * Where a redirect points. A real master writes `//host:port/master/api/v1/scheduler`, its documentation `host:port`, a
 * proxy a whole URL; without a path, the path asked for holds.
 *
 * @returns undefined when that is no HTTP address, or would send over http what was meant for https
 */
export function redirectTarget(location: string, from: URL): URL | undefined {
  const absolute = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(location);
  const text = absolute || location.startsWith('/') ? location : `//${location}`;
  if (!URL.canParse(text, from.href)) return undefined;
  const target = new URL(text, from);
  if (target.protocol !== 'https:' && (target.protocol !== 'http:' || from.protocol === 'https:')) return undefined;
  if (target.pathname === '/') target.pathname = from.pathname;
  target.username = target.password = target.hash = '';
  return target;
}

/** The scheduler endpoint of the master at `base`, which may have a path of its own (a proxy). */
export function schedulerUrl(base: string): URL {
  const url = new URL(base);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/scheduler`;
  return url;
}
