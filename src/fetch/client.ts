import { isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Agent, buildConnector } from 'undici';
import { hostOf, redactUrl } from '../lib/url.ts';
import { AbortWatch } from './abort-watch.ts';
import { ACCEPT_ENCODING } from './content-coding.ts';
import { Exchange } from './exchange.ts';
import { fetchErrorOf } from './failure.ts';
import { isPrivateAddress } from './private-address.ts';
import { cachedLookup, privateAddressError, type MayBePrivate } from './resolver.ts';
import { FetchError, type Fetcher, type FetchRequest, type FetchResponse, type FetchSettings } from './types.ts';

// Some sites send more cookies than undici's 16 KiB hold.
const MAX_HEADER_SIZE = 64 * 1024;

const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': ACCEPT_ENCODING,
};

const always = (): boolean => true;

const CREDENTIALS = /^(?:authorization|proxy-authorization|cookie|.*(?:token|api-?key|secret).*)$/;

/**
 * The HTTP client of an executor. Disposing of it drops all connections; what is under way then rejects.
 *
 * The time limit runs from the call, so that it also bounds the wait for one of an origin's connections: a caller that starts no more
 * requests than these never waits.
 */
export function createFetcher(settings: FetchSettings): Fetcher {
  const named = new Set(settings.namedHosts);
  const agent = new Agent({
    connect: guardedConnector(settings, (host) => settings.allowPrivate || named.has(host)),
    connections: settings.connectionsPerOrigin,
    allowH2: settings.http2,
    maxHeaderSize: MAX_HEADER_SIZE,
    // The time limit of the whole exchange covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const forNamed = lowerCased({ ...DEFAULT_HEADERS, 'user-agent': settings.userAgent }, settings.headers);
  // What the job trusts its seeds' hosts with is not for whoever they link to.
  const forOthers = Object.fromEntries(Object.entries(forNamed).filter(([name]) => !CREDENTIALS.test(name)));
  const lists = { named: Object.entries(forNamed).flat(), others: Object.entries(forOthers).flat() };

  const watch = new AbortWatch();

  return {
    fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchResponse> {
      // Whatever was given as reason is what the caller asked for.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      if (signal?.aborted) return Promise.reject(signal.reason);
      const target = targetOf(request.url);
      if (!target) return Promise.reject(new FetchError('protocol', `not an http(s) URL: ${redactUrl(request.url)}`));
      return new Promise((resolve, reject) => {
        const exchange = new Exchange({
          timeoutMs: settings.timeoutMs,
          maxBody: settings.maxBody,
          wantsBody: request.wantsBody ?? always,
          resolve,
          reject,
          ended: (it) => {
            if (signal) watch.delete(signal, it);
          },
        });
        if (signal) watch.add(signal, exchange);
        const trusted = named.has(hostOf(request.url));
        try {
          agent.dispatch(
            {
              origin: target.origin,
              path: target.path,
              method: request.method ?? 'GET',
              headers: request.headers
                ? Object.entries(lowerCased(trusted ? forNamed : forOthers, request.headers)).flat()
                : lists[trusted ? 'named' : 'others'],
              body: request.body ?? null,
            },
            exchange,
          );
        } catch (error) {
          exchange.fail(fetchErrorOf(error, false));
        }
      });
    },
    async [Symbol.asyncDispose]() {
      await agent.destroy();
    },
  };
}

/** Connects where the guard lets it. A literal address is judged here, since for it no look-up takes place. */
function guardedConnector(settings: FetchSettings, mayBePrivate: MayBePrivate): buildConnector.connector {
  const connect = buildConnector({
    allowH2: settings.http2,
    timeout: settings.connectTimeoutMs,
    rejectUnauthorized: settings.rejectUnauthorized,
    lookup: cachedLookup(mayBePrivate, () => performance.now()),
  });
  return (options, callback) => {
    const { hostname } = options;
    if (isIP(hostname) !== 0 && !mayBePrivate(hostname) && isPrivateAddress(hostname)) {
      // Not at once: undici is still setting up the connection.
      queueMicrotask(() => callback(privateAddressError(hostname, hostname), null));
    } else connect(options, callback);
  };
}

// Canonical URLs, that is nearly all, need no parser: path as it is, no fragment, no userinfo.
const CANONICAL = /^https?:\/\/[a-z0-9.:[\]-]+\/[!"$-~]*$/;

function targetOf(url: string): { readonly origin: string; readonly path: string } | undefined {
  if (CANONICAL.test(url)) {
    const path = url.indexOf('/', 8);
    return { origin: url.slice(0, path), path: url.slice(path) };
  }
  if (!URL.canParse(url)) return undefined;
  const { protocol, origin, pathname, search } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? { origin, path: pathname + search } : undefined;
}

function lowerCased(
  base: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...base };
  for (const [name, value] of Object.entries(more)) all[name.toLowerCase()] = value;
  return all;
}
