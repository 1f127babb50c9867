import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-address.ts';
import { FetchError } from './types.ts';

// getaddrinfo tells no TTL. A minute spares a look-up for each connection and still follows a site that moves.
const KEEP_MS = 60_000;
// A name that was not found is asked for again soon: the resolver may have been down.
const KEEP_FAILURE_MS = 5_000;
// Oldest first out; about 200 bytes each.
const ENTRIES_MAX = 10_000;

type Answer = { readonly addresses: readonly LookupAddress[] } | { readonly error: Error };

/** Whether the guard lets connections to `host` (a name or literal address) reach addresses that are not public. */
export type MayBePrivate = (host: string) => boolean;

/**
 * A `lookup` for `net.connect` with a cache. It refuses names whose addresses are all private, and hides the private ones among others:
 * deciding here, with the very addresses that are connected to, leaves no gap for a name that changes between check and use.
 */
export function cachedLookup(mayBePrivate: MayBePrivate, now: () => number): LookupFunction {
  const answers = new Map<string, { readonly answer: Promise<Answer>; expiresAt: number }>();

  const ask = (host: string): Promise<Answer> => {
    const known = answers.get(host);
    if (known && known.expiresAt > now()) return known.answer;
    const answer = new Promise<Answer>((resolve) => {
      lookup(host, { all: true, verbatim: true }, (error, addresses) => {
        entry.expiresAt = now() + (error ? KEEP_FAILURE_MS : KEEP_MS);
        resolve(error ? { error } : { addresses });
      });
    });
    const entry = { answer, expiresAt: Infinity };
    answers.delete(host);
    answers.set(host, entry);
    if (answers.size > ENTRIES_MAX) for (const oldest of answers.keys()) return (answers.delete(oldest), answer);
    return answer;
  };

  return (host, options, callback) => {
    void ask(host).then((answer) => {
      if ('error' in answer) {
        callback(answer.error, []);
        return;
      }
      const ofFamily = answer.addresses.filter((a) => !options.family || a.family === Number(options.family));
      const allowed = mayBePrivate(host) ? ofFamily : ofFamily.filter((a) => !isPrivateAddress(a.address));
      const [first] = allowed;
      const refused = answer.addresses[0];
      if (!first) callback(refused ? privateAddressError(host, refused.address) : notFound(host), []);
      else if (options.all) callback(null, allowed.slice());
      else callback(null, first.address, first.family);
    });
  };
}

/** What the guard says. */
export function privateAddressError(host: string, address: string): FetchError {
  const what = host === address ? `${host} is a private address` : `${host} leads to the private address ${address}`;
  return new FetchError('private-address', `${what}; name the host in a seed or set fetch.allow_private: true`);
}

function notFound(host: string): Error {
  return Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' });
}
