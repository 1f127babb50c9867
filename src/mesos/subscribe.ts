import type { Dispatcher } from 'undici';
import { PinspiderError } from '../lib/errors.ts';
import { redirectTarget, REDIRECTS_MAX } from './leader.ts';
import { connectionFault, isClosed, isTlsFault, refusalText, Transport, type TransportOptions } from './transport.ts';
import { judgeSubscribe } from './verdict.ts';

export interface SubscribeRequest extends TransportOptions {
  readonly url: URL;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly answerWithinMs: number;
  readonly signal: AbortSignal;
}

/** An open stream, or why there is none yet. */
export type Subscribed =
  { readonly transport: Transport; readonly response: Dispatcher.ResponseData } | { readonly retry: string };

/**
 * Posts a SUBSCRIBE, follows redirects to the leader with the same body and headers, and hands over the open stream. The
 * caller destroys its transport.
 *
 * @throws {PinspiderError} MESOS_CALL_REFUSED when the answer would be the same next time, MESOS_SUBSCRIPTION_ENDED when
 *   an agent does not know the executor (any more), MESOS_UNREACHABLE for TLS faults
 */
export async function subscribe(request: SubscribeRequest): Promise<Subscribed> {
  let { url } = request;
  for (let hops = 0; hops <= REDIRECTS_MAX; hops++) {
    const transport = new Transport(url, request);
    let keep = false;
    try {
      const response = await transport.post(request.body, request.headers, request.answerWithinMs, request.signal);
      const status = response.statusCode;
      if (status === 200) {
        keep = true;
        return { transport, response };
      }
      const text = (await refusalText(response.body)) || 'no reason given';
      const verdict = judgeSubscribe(status, text);
      if (verdict === 'refused' || verdict === 'unknown') throw refused(url, status, text, verdict);
      if (verdict === 'retry') return { retry: `${url.host}: HTTP ${status}: ${text}` };
      const location = String(response.headers['location'] ?? '');
      const target = redirectTarget(location, url);
      if (!target) return { retry: `${url.host}: cannot follow its redirect to "${location}"` };
      url = target;
    } catch (error) {
      if (error instanceof PinspiderError) throw error;
      if (isTlsFault(error)) throw tlsFault(url, error);
      // With TLS 1.3 a client without the certificate that is wanted learns it as a connection that is closed on it.
      const bare = url.protocol === 'https:' && request.tls?.cert === undefined && isClosed(error);
      const hint = bare ? ', as one is that wants a certificate of ours (tls.cert, tls.key)' : '';
      return { retry: `${url.host}: ${connectionFault(error)}${hint}` };
    } finally {
      if (!keep) await transport.destroy();
    }
  }
  return { retry: `${request.url.host}: more than ${REDIRECTS_MAX} redirects` };
}

function refused(url: URL, status: number, text: string, verdict: 'refused' | 'unknown'): PinspiderError {
  const mend = status === 401 ? 'check the principal and its secret' : undefined;
  const what = `subscription refused: HTTP ${status}: ${text}`;
  const code = verdict === 'unknown' ? 'MESOS_SUBSCRIPTION_ENDED' : 'MESOS_CALL_REFUSED';
  return new PinspiderError({ code, where: url.origin, what, mend });
}

function tlsFault(url: URL, cause: unknown): PinspiderError {
  return new PinspiderError({
    code: 'MESOS_UNREACHABLE',
    where: url.origin,
    what: `no TLS connection: ${connectionFault(cause)}`,
    mend: 'does it speak TLS, and are the authority (ca) and our certificate and key those that it wants?',
    cause,
  });
}
