import { WireReader } from '../lib/protobuf/wire-reader.ts';
import { WireWriter } from '../lib/protobuf/wire-writer.ts';
import { readFacts, readRobots, writeFacts, writeRobots } from './facts.ts';
import type { Answer, Host, Request } from './messages.generated.ts';
import type { Sparse } from './messages.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Answers to bytes, the same as by the table of `feed.proto`. */
export function createAnswerWriter(): (answer: Sparse<Answer>) => Uint8Array {
  const to = new WireWriter();
  return (answer) => {
    to.uint(1, answer.seq);
    for (const request of answer.requests ?? []) writeRequest(to, request);
    for (const host of answer.hosts ?? []) writeHost(to, host);
    to.uint(4, answer.done);
    to.uint(5, answer.pause_ms);
    to.uint(6, answer.give_back);
    return to.take();
  };
}

function writeRequest(to: WireWriter, request: Sparse<Request>): void {
  const start = to.begin(2);
  to.uint(1, request.id);
  to.text(2, request.url);
  to.uint(3, request.depth);
  to.text(4, request.seed);
  to.uint(5, request.attempt);
  to.uint(6, request.redirects);
  to.text(7, request.to);
  to.text(8, request.method);
  if (request.headers !== undefined) {
    for (const [name, value] of Object.entries(request.headers)) {
      const inner = to.begin(9);
      to.element(1, name);
      to.element(2, value ?? '');
      to.end(inner);
    }
  }
  to.text(10, request.body);
  if (request.facts !== undefined) {
    const inner = to.begin(11);
    writeFacts(to, request.facts);
    to.end(inner);
  }
  to.end(start);
}

function writeHost(to: WireWriter, host: Sparse<Host>): void {
  const start = to.begin(3);
  to.text(1, host.host);
  to.uint(2, host.concurrency);
  to.uint(3, host.delay_ms);
  to.double(4, host.not_before);
  if (host.robots !== undefined) {
    const inner = to.begin(5);
    writeRobots(to, host.robots);
    to.end(inner);
  }
  to.end(start);
}

/** An answer out of its bytes, the same as by the table of `feed.proto`. @throws {Error} when they are none */
export function readAnswer(bytes: Uint8Array): Answer {
  const from = new WireReader(bytes);
  const requests: Request[] = [];
  const hosts: Host[] = [];
  const answer: Mutable<Answer> = { seq: 0, requests, hosts, done: false, pause_ms: 0, give_back: false };
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 18) requests.push(readRequest(from));
    else if (tag === 26) hosts.push(readHost(from));
    else if (tag === 8) answer.seq = from.uint();
    else if (tag === 32) answer.done = from.bool();
    else if (tag === 40) answer.pause_ms = from.uint();
    else if (tag === 48) answer.give_back = from.bool();
    else from.skip(tag, 6);
  }
  return answer;
}

function readRequest(from: WireReader): Request {
  const headers: Record<string, string> = {};
  const request: Mutable<Request> = {
    id: 0,
    url: '',
    depth: 0,
    seed: '',
    attempt: 0,
    redirects: 0,
    to: '',
    method: '',
    headers,
    body: '',
  };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 8) request.id = from.uint();
    else if (tag === 18) request.url = from.text();
    else if (tag === 24) request.depth = from.uint();
    else if (tag === 34) request.seed = from.text();
    else if (tag === 40) request.attempt = from.uint();
    else if (tag === 48) request.redirects = from.uint();
    else if (tag === 58) request.to = from.text();
    else if (tag === 66) request.method = from.text();
    else if (tag === 74) readHeader(from, headers);
    else if (tag === 82) request.body = from.text();
    else if (tag === 90) request.facts = readFacts(from, request.facts);
    else from.skip(tag, 11);
  }
  from.end(outer);
  return request;
}

function readHeader(from: WireReader, headers: Record<string, string>): void {
  let [name, value] = ['', ''];
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) name = from.text();
    else if (tag === 18) value = from.text();
    else from.skip(tag, 2);
  }
  from.end(outer);
  // Also a name that would be the object's prototype.
  Object.defineProperty(headers, name, { value, enumerable: true, writable: true, configurable: true });
}

function readHost(from: WireReader): Host {
  const host: Mutable<Host> = { host: '', concurrency: 0, delay_ms: 0, not_before: 0 };
  const outer = from.begin();
  for (let tag = from.tag(); tag !== 0; tag = from.tag()) {
    if (tag === 10) host.host = from.text();
    else if (tag === 16) host.concurrency = from.uint();
    else if (tag === 24) host.delay_ms = from.uint();
    else if (tag === 33) host.not_before = from.double();
    else if (tag === 42) host.robots = readRobots(from, host.robots);
    else from.skip(tag, 5);
  }
  from.end(outer);
  return host;
}
