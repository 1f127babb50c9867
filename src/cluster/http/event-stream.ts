import type { ServerResponse } from 'node:http';
import type { Codec, MediaType } from '../../mesos/codec.ts';
import { frame } from '../../mesos/recordio.ts';
import type { EventSink } from '../links.ts';
import { withJsonDefaults } from './json-defaults.ts';

/** What the stream carries: how it is encoded, and its name in the definitions. */
export interface EventForm<E> {
  readonly codec: Codec<E>;
  readonly name: 'mesos.v1.scheduler.Event' | 'mesos.v1.executor.Event';
}

/** Answers 200 with an endless RecordIO stream of events. */
export function openEventStream<E extends object>(
  response: ServerResponse,
  { codec, name }: EventForm<E>,
  media: MediaType,
  headers: Readonly<Record<string, string>>,
): EventSink<E> {
  // Said aloud, since Node would not cut a stream into chunks for HTTP/1.0, and Mesos does.
  response.writeHead(200, { ...headers, 'Content-Type': media, 'Transfer-Encoding': 'chunked' });
  response.flushHeaders();
  const recordOf = (event: E): Uint8Array =>
    codec.encode(media === 'application/json' ? withJsonDefaults(name, event) : event, media);
  return {
    send: (event) => {
      if (response.writable) response.write(frame(recordOf(event)));
    },
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}
