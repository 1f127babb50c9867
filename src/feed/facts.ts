import type { WireReader } from '../lib/protobuf/wire-reader.ts';
import type { WireWriter } from '../lib/protobuf/wire-writer.ts';
import type { Facts, Robots } from './messages.generated.ts';
import type { Sparse } from './messages.ts';

/** Parts of reports and of answers. A message that stands twice in another is merged, so what was read before is handed in. */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function writeFacts(to: WireWriter, facts: Sparse<Facts>): void {
  to.text(1, facts.etag);
  to.text(2, facts.last_modified);
  to.words(3, facts.content);
}

export function readFacts(from: WireReader, before: Facts | undefined): Facts {
  const content: number[] = [...(before?.content ?? [])];
  const facts: Mutable<Facts> = { etag: before?.etag ?? '', last_modified: before?.last_modified ?? '', content };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) facts.etag = from.text();
    else if (tag === 18) facts.last_modified = from.text();
    else if (tag === 26) from.words(content);
    else if (tag === 29) content.push(from.fixed());
    else from.skip(tag, 3);
  }
  from.end(outer);
  return facts;
}

export function writeRobots(to: WireWriter, robots: Sparse<Robots>): void {
  to.uint(1, robots.status);
  to.text(2, robots.text);
  to.double(3, robots.expires_at);
}

export function readRobots(from: WireReader, before: Robots | undefined): Robots {
  const robots: Mutable<Robots> = { ...(before ?? { status: 0, text: '', expires_at: 0 }) };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 8) robots.status = from.int() as Robots['status'];
    else if (tag === 18) robots.text = from.text();
    else if (tag === 25) robots.expires_at = from.double();
    else from.skip(tag, 3);
  }
  from.end(outer);
  return robots;
}
