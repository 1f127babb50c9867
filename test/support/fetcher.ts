import { createFetcher } from '../../src/fetch/client.ts';
import { FetchError, type Fetcher, type FetchFailure, type FetchSettings } from '../../src/fetch/types.ts';

/** A fetcher for loopback servers, with limits that tests seldom meet. */
export function testFetcher(settings: Partial<FetchSettings> = {}): Fetcher {
  return createFetcher({
    connectTimeoutMs: 10_000,
    timeoutMs: 20_000,
    maxBody: 5_000_000,
    userAgent: 'test-bot/1.0',
    headers: {},
    allowPrivate: true,
    namedHosts: [],
    rejectUnauthorized: true,
    connectionsPerOrigin: 64,
    http2: false,
    ...settings,
  });
}

/** The failure and message with which a fetch was rejected. */
export async function failureOf(fetching: Promise<unknown>): Promise<{ failure: FetchFailure; message: string }> {
  try {
    await fetching;
  } catch (error) {
    if (error instanceof FetchError) return { failure: error.failure, message: error.message };
    throw error;
  }
  throw new Error('the fetch succeeded');
}
