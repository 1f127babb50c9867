import type { Answer, Request } from '../feed/messages.generated.ts';

/** The requests of an answer with their seeds, each of which is told only where it differs from that of the request before. */
export function requestsOf({ requests }: Answer): Request[] {
  let seed = '';
  return requests.map((request) => {
    if (request.seed === '') return { ...request, seed };
    ({ seed } = request);
    return request;
  });
}
