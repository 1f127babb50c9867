/** What an answer to SUBSCRIBE means. */
export type SubscribeVerdict = 'open' | 'redirect' | 'retry' | 'refused';
/** What an answer to any other call means: received, the subscription is gone, or the call itself is at fault. */
export type CallVerdict = 'received' | 'ended' | 'refused';

/**
 * 404 is a route that is not set up yet, 503 a master without a leader or an agent in recovery: both pass. What is left of 4xx,
 * and 501, would come again for the same request.
 */
export function judgeSubscribe(status: number): SubscribeVerdict {
  if (status === 200) return 'open';
  if (status === 307 || status === 308) return 'redirect';
  if (status === 404 || status === 408 || status === 429 || status < 400) return 'retry';
  return status < 500 || status === 501 ? 'refused' : 'retry';
}

/**
 * Mesos has no error codes: only the text tells a stream that is gone from a call that is wrong. Taking the second for the first
 * would send the same wrong call for ever, the first for the second would stop a framework whose master restarted.
 */
export function judgeCall(status: number, text: string): CallVerdict {
  if (status === 200 || status === 202) return 'received';
  if (status === 400) return /stream.id|cannot be found/i.test(text) ? 'ended' : 'refused';
  if (status === 403) return /not subscribed/i.test(text) ? 'ended' : 'refused';
  return judgeSubscribe(status) === 'refused' ? 'refused' : 'ended';
}
