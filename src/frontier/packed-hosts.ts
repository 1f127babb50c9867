import { ByteReader, ByteWriter } from '../store/bytes.ts';
import { BytePages } from './byte-pages.ts';
import { grownInts } from './columns.ts';
import { readHost, takeNumbers, writeHost } from './host-record.ts';
import type { Host, Spot } from './host.ts';
import type { Strings } from './strings.ts';

/** The part of a host table that makes objects. */
export interface HostMaker {
  /** A host object with nothing known of it. */
  readonly make: (origin: string, number: number, slot: number) => Host;
  /** Gives it the queue of a lane. */
  readonly addSpot: (host: Host, lane: number) => Spot;
}

/**
 * Hosts in play that nobody works on, as bytes outside the JS heap: a hundred each where an object with its queue takes a
 * thousand. A packed host is the same as its stored record, with where the head of its queue is.
 */
export class PackedHosts {
  readonly #strings: Strings;
  readonly #lanes: number;
  readonly #maker: HostMaker;
  readonly #pages = new BytePages();
  readonly #writer = new ByteWriter();
  #addresses = new Int32Array(64);
  /** 0 where nothing is packed. */
  #lengths = new Int32Array(64);
  /** By slot and lane. */
  #wanted = new Int32Array(64);

  constructor(strings: Strings, lanes: number, maker: HostMaker) {
    this.#strings = strings;
    this.#lanes = lanes;
    this.#maker = maker;
  }

  /** @param wanted how many tasks could do with a spot of it, which stays so while it is packed */
  put(host: Host, wanted: (spot: Spot) => number): void {
    const { slot, turnLane, turnSince, restingLane, restUntil } = host;
    const writer = this.#writer.text(host.origin).number(host.number);
    writeHost(host, this.#strings, writer);
    writer.signed(turnLane).number(Math.ceil(turnSince)).signed(restingLane).number(Math.ceil(restUntil));
    const places = this.#lanes * slot;
    this.#room(slot, places + this.#lanes);
    for (let lane = 0; lane < this.#lanes; lane++) this.#wanted[places + lane] = 0;
    for (const spot of host.spots) {
      writer.byte(spot === undefined ? 0 : 1);
      if (spot === undefined) continue;
      spot.queue.write(writer);
      this.#wanted[places + spot.lane] = wanted(spot);
    }
    const record = writer.take();
    this.#addresses[slot] = this.#pages.put(record);
    this.#lengths[slot] = record.length;
  }

  /** Makes the host an object again. @returns undefined when none is packed there */
  take(slot: number): Host | undefined {
    const reader = this.#reader(slot);
    if (reader === undefined) return undefined;
    const host = this.#read(reader, slot);
    this.#pages.free(this.#addressOf(slot), this.#lengths[slot] ?? 0);
    this.#lengths[slot] = 0;
    return host;
  }

  /** How many tasks could do with the host that is packed there. */
  wanted(slot: number, lane: number): number {
    return this.#wanted[this.#lanes * slot + lane] ?? 0;
  }

  /** Whether the host that is packed there is of this origin. */
  isOf(slot: number, origin: string): boolean {
    // Origins are ASCII: the parts of others are escaped or in Punycode.
    return this.#reader(slot)?.isText(origin) ?? false;
  }

  /** Number of the host that is packed there. */
  numberAt(slot: number): number | undefined {
    const reader = this.#reader(slot);
    reader?.text();
    return reader?.number();
  }

  /** Bytes of all packed hosts, and room for more. */
  bytes(): number {
    return this.#pages.bytes();
  }

  #reader(slot: number): ByteReader | undefined {
    const length = this.#lengths[slot] ?? 0;
    return length === 0 ? undefined : new ByteReader(this.#pages.get(this.#addressOf(slot), length));
  }

  #room(slot: number, places: number): void {
    if (slot >= this.#lengths.length) {
      this.#addresses = grownInts(this.#addresses, slot);
      this.#lengths = grownInts(this.#lengths, slot);
    }
    if (places >= this.#wanted.length) this.#wanted = grownInts(this.#wanted, places);
  }

  #addressOf(slot: number): number {
    return (this.#addresses[slot] ?? 0) >>> 0;
  }

  #read(reader: ByteReader, slot: number): Host {
    const host = this.#maker.make(reader.text(), reader.number(), slot);
    const { lanes } = takeNumbers(host, readHost(reader, this.#strings));
    host.turnLane = reader.signed();
    host.turnSince = reader.number();
    host.restingLane = reader.signed();
    host.restUntil = reader.number();
    for (const [lane, { stored, retries }] of lanes.entries()) {
      if (reader.byte() === 0) continue;
      const spot = this.#maker.addSpot(host, lane);
      spot.stored = stored;
      spot.retries = retries;
      spot.queue.read(reader);
    }
    return host;
  }
}
