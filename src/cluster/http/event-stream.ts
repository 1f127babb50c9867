import type { ServerResponse } from 'node:http';
import type { Codec, MediaType } from '../../mesos/codec.ts';
import { frame } from '../../mesos/recordio.ts';
import type { EventSink } from '../links.ts';

/** Answers 200 with an endless RecordIO stream of events. */
export function openEventStream<E>(
  response: ServerResponse,
  codec: Codec<E>,
  media: MediaType,
  headers: Readonly<Record<string, string>>,
): EventSink<E> {
  response.writeHead(200, { ...headers, 'Content-Type': media });
  response.flushHeaders();
  return {
    send: (event) => {
      if (response.writable) response.write(frame(codec.encode(event, media)));
    },
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}
