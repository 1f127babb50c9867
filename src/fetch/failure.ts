import { messageOf } from '../lib/errors.ts';
import { FetchError, type FetchFailure } from './types.ts';

const BY_CODE: Readonly<Record<string, FetchFailure>> = {
  ECONNREFUSED: 'connect',
  ECONNRESET: 'connect',
  ECONNABORTED: 'connect',
  EHOSTUNREACH: 'connect',
  EHOSTDOWN: 'connect',
  ENETUNREACH: 'connect',
  ENETDOWN: 'connect',
  EADDRNOTAVAIL: 'connect',
  EMFILE: 'connect',
  ENFILE: 'connect',
  EPIPE: 'connect',
  EACCES: 'connect',
  EPERM: 'connect',
  UND_ERR_SOCKET: 'connect',
  UND_ERR_DESTROYED: 'connect',
  UND_ERR_CLOSED: 'connect',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  INVALID_CA: 'tls',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
};

const BY_PREFIX: readonly (readonly [prefix: string, failure: FetchFailure])[] = [
  ['EAI_', 'dns'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['ERR_OSSL_', 'tls'],
  ['CERT_', 'tls'],
  ['CRL_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['HPE_', 'protocol'],
];

/**
 * What the HTTP client threw, as one of our failures. A connection that is lost once the response has begun is a truncated
 * body and so `protocol`; before that, nothing is known of the server but that it could not be talked to: `connect`.
 */
export function fetchErrorOf(error: unknown, responseBegun: boolean): FetchError {
  if (error instanceof FetchError) return error;
  const code = codeOf(error);
  const message = code === 'ENOTFOUND' ? `no such host: ${hostnameOf(error)}` : messageOf(error) || code;
  let failure = BY_CODE[code] ?? BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'protocol';
  // undici's own words for an informational or upgrade answer that it cannot take
  if (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)$/.test(message)) failure = 'protocol';
  if (failure !== 'connect' || !responseBegun) return new FetchError(failure, message, error);
  return new FetchError('protocol', `the connection ended within the response: ${message}`, error);
}

/** `code` of the error, or of the first of several attempts to connect. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
}

function hostnameOf(error: unknown): string {
  return error instanceof Error && 'hostname' in error ? String(error.hostname) : messageOf(error);
}
