/** What an answer other than 200 to SUBSCRIBE means; `unknown` is an agent that has no such executor (any more). */
export type SubscribeVerdict = 'redirect' | 'retry' | 'unknown' | 'refused';
/** What an answer to any other call means: received, not now, the subscription is gone, or the call itself is at fault. */
export type CallVerdict = 'received' | 'later' | 'ended' | 'refused';

/**
 * 404 is a route that is not set up yet, 503 a master without a leader or an agent in recovery: both pass. What is left of 4xx,
 * and 501, would come again for the same request.
 */
export function judgeSubscribe(status: number, text: string): SubscribeVerdict {
  if (status === 307 || status === 308) return 'redirect';
  if (status === 400 && /cannot be found/i.test(text)) return 'unknown';
  return passes(status) ? 'retry' : 'refused';
}

/**
 * Mesos has no error codes: only the text tells a stream that is gone from a call that is wrong. Taking the second for the first
 * would send the same wrong call for ever, the first for the second would stop a framework whose master restarted.
 */
export function judgeCall(status: number, text: string): CallVerdict {
  if (status === 200 || status === 202) return 'received';
  if (status === 400) return /stream.id|cannot be found/i.test(text) ? 'ended' : 'refused';
  if (status === 403) return /not subscribed/i.test(text) ? 'ended' : 'refused';
  if (status === 307 || status === 308) return 'ended'; // it leads no more
  return passes(status) ? 'later' : 'refused';
}

function passes(status: number): boolean {
  return status < 400 || [404, 408, 429].includes(status) || (status >= 500 && status !== 501);
}
