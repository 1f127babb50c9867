import type { IncomingMessage } from 'node:http';
import { messageOf } from '../../lib/errors.ts';
import type { Codec, MediaType } from '../../mesos/codec.ts';
import { jsonSyntaxFault } from './json-syntax.ts';
import { bare, bodyOf, type Plain, refusal } from './plain.ts';

/** A call as it came in, or the answer that refuses it. */
export type Read<T> = { readonly call: T } | { readonly refused: Plain };

/**
 * Method, content type and body, checked in Mesos's order.
 *
 * @see src/master/http.cpp and src/slave/http.cpp of Mesos
 */
export async function readCall<T>(request: IncomingMessage, codec: Codec<T>): Promise<Read<T>> {
  const { method = '', headers } = request;
  if (method !== 'POST') {
    const body = `405 Method Not Allowed. Expecting one of { 'POST' }, but received '${method}'.`;
    return { refused: { status: 405, body, headers: { Allow: 'POST' } } };
  }
  const media = headers['content-type'];
  if (media === undefined) return { refused: refusal(400, "Expecting 'Content-Type' to be present") };
  // The bare type only: a charset parameter is refused, as Mesos does.
  if (media !== 'application/json' && media !== 'application/x-protobuf') {
    return { refused: refusal(415, "Expecting 'Content-Type' of application/json or application/x-protobuf") };
  }
  const body = await bodyOf(request);
  try {
    return { call: codec.decode(body, media) };
  } catch (error) {
    return {
      refused: refusal(
        400,
        media === 'application/json' ? jsonFault(body, error) : 'Failed to parse body into Call protobuf',
      ),
    };
  }
}

/** The type of the answering stream: JSON wins when it is as good, `undefined` when neither will do. */
export function streamMedia(accept: string | undefined): MediaType | undefined {
  const ranges = (accept ?? '*/*').split(',').map((range) => range.replace(/;.*$/, '').trim());
  const allows = (media: MediaType): boolean =>
    ranges.some((range) => range === media || range === '*/*' || range === 'application/*');
  return (['application/json', 'application/x-protobuf'] as const).find(allows);
}

export const NOT_ACCEPTABLE = refusal(
  406,
  "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'",
);

export const NOT_IMPLEMENTED = bare(501);

function jsonFault(body: Uint8Array, error: unknown): string {
  const text = Buffer.from(body).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const { line, near } = jsonSyntaxFault(text);
    return `Failed to parse body into JSON: syntax error at line ${line} near: ${near}`;
  }
  return `Failed to convert JSON into Call protobuf: ${misfit(messageOf(error), json)}`;
}

/** What our reader of Mesos's JSON form says, in Mesos's words; its own where Mesos's are not known. */
function misfit(message: string, json: unknown): string {
  const missing = /\((\S+): required\)$/.exec(message)?.[1];
  if (missing !== undefined) return `Missing required fields: ${missing}`;
  const [, field, kind] = /\((?:\S*\.)?(\w+)(?:\[\d+\])?: not expecting a JSON (\w+)\)$/.exec(message) ?? [];
  if (field !== undefined) return `Not expecting a JSON ${kind ?? ''} for field '${field}'`;
  const path = /\((\S+): not base64\)$/.exec(message)?.[1];
  if (path === undefined) return message;
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const value = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json);
  const why = `Failed to base64 decode bytes field '${keys.findLast((key) => !/^\d+$/.test(key)) ?? ''}'`;
  const bad = typeof value === 'string' ? /[^\w+/=]|_/.exec(value)?.[0] : undefined;
  return bad === undefined ? why : `${why}: Invalid character '${bad}'`;
}
