import type { FetchSettings } from '../fetch/types.ts';
import { MAX_IN_FLIGHT, type Work } from './work.ts';

/** The HTTP client's settings as a job's work order has them. */
export function fetchSettings({ fetch, politeness }: Pick<Work, 'fetch' | 'politeness'>): FetchSettings {
  return {
    connectTimeoutMs: fetch.connectTimeoutMs,
    timeoutMs: fetch.timeoutMs,
    maxBody: fetch.maxBody,
    userAgent: politeness.userAgent,
    headers: fetch.headers,
    allowPrivate: fetch.allowPrivate,
    namedHosts: fetch.namedHosts,
    rejectUnauthorized: fetch.verifyTls,
    connectionsPerOrigin: Math.min(MAX_IN_FLIGHT, Math.max(1, politeness.perHost)),
    http2: fetch.http2,
  };
}
