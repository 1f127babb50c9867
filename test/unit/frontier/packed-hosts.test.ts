import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostQueue } from '../../../src/frontier/host-queue.ts';
import { type Host, newHost, newSpot, type Spot } from '../../../src/frontier/host.ts';
import { queuePrefix } from '../../../src/frontier/keys.ts';
import { PackedHosts } from '../../../src/frontier/packed-hosts.ts';
import { Strings } from '../../../src/frontier/strings.ts';
import { UrlTable } from '../../../src/frontier/url-table.ts';
import { memoryStore } from '../../../src/store/memory-store.ts';

const LANES = 3;

const place = fc.record({ priority: fc.integer({ min: -9, max: 9 }), depth: fc.nat({ max: 3 }) });
const spot = fc.record({
  lane: fc.nat({ max: LANES - 1 }),
  hot: fc.array(place, { maxLength: 9 }),
  cold: fc.nat({ max: 1e6 }),
  front: fc.option(fc.record({ place: fc.record({ priority: fc.integer(), depth: fc.nat(), id: fc.nat() }), after: fc.boolean() }), { nil: undefined }), // prettier-ignore
  retries: fc.nat({ max: 300 }),
});
const numbers = fc.record({
  slot: fc.nat({ max: 300 }),
  delayMs: fc.nat({ max: 1e9 }),
  notBefore: fc.nat({ max: 2 ** 50 }),
  robots: fc.option(fc.record({ status: fc.constantFrom('rules' as const, 'disallow-all' as const), expiresAt: fc.nat({ max: 2 ** 50 }) }), { nil: undefined }), // prettier-ignore
  closed: fc.option(fc.record({ state: fc.constantFrom('failed' as const, 'excluded' as const), reason: fc.string({ minLength: 1 }) }), { nil: undefined }), // prettier-ignore
  failures: fc.nat(),
  fetched: fc.nat(),
  turnLane: fc.integer({ min: -1, max: LANES - 1 }),
  turnSince: fc.nat({ max: 2 ** 50 }),
  restingLane: fc.integer({ min: -1, max: LANES - 1 }),
  restUntil: fc.nat({ max: 2 ** 50 }),
  spots: fc.uniqueArray(spot, { selector: ({ lane }) => lane }),
});

/** All that a host is, its queues to their end. */
function shown({ spots, ...host }: Host): unknown {
  const lanes = spots.map((spot) => {
    if (spot === undefined) return undefined;
    const { lane, prefix, stored, retries, queue } = spot;
    const { hot, cold, front } = queue;
    return { lane, prefix, stored, retries, hot, cold, front, rows: Array.from({ length: hot }, () => queue.shift()) };
  });
  return { ...host, lanes };
}

test('a packed host comes back as it was, and others in their slots', () => {
  const urls = new UrlTable();
  const strings = new Strings(memoryStore());
  const addSpot = (host: Host, lane: number): Spot =>
    (host.spots[lane] = newSpot(host, lane, new HostQueue(urls, 'bfs'), queuePrefix('bfs', lane, host.number)));
  fc.assert(
    fc.property(fc.uniqueArray(numbers, { selector: ({ slot }) => slot, maxLength: 5 }), (all) => {
      const make = (origin: string, number: number, slot: number): Host => newHost(origin, number, slot, 0);
      const packed = new PackedHosts(strings, LANES, { make, addSpot });
      const before = all.map(({ slot, spots, ...rest }) => {
        // Twice, since taking the rows out of a queue to look at them empties it.
        return [1, 2].map(() => {
          const host = Object.assign(make(`http://host${slot}`, slot + 7, slot), rest);
          for (const { lane, hot, cold, front, retries } of spots) {
            const spot = addSpot(host, lane);
            for (const [id, place] of hot.entries()) spot.queue.push(urls.insert({ ...place, id }, Buffer.from('x')));
            spot.queue.addCold(cold);
            if (front !== undefined) spot.queue.thaw(0, front);
            spot.stored = hot.length + cold;
            spot.retries = retries;
          }
          return host;
        });
      });
      const ids = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'rows' && Array.isArray(part) ? part.map((row: number) => urls.id(row)) : part))); // prettier-ignore
      for (const [host] of before) if (host !== undefined) packed.put(host, (spot) => spot.stored % 1000);
      for (const [host, same] of before) {
        if (host === undefined || same === undefined) continue;
        const { slot, origin, number } = host;
        expect(packed.isOf(slot, origin)).toBe(true);
        expect(packed.isOf(slot, `${origin}0`)).toBe(false);
        expect(packed.numberAt(slot)).toBe(number);
        const wanted = Array.from({ length: LANES }, (_, lane) => packed.wanted(slot, lane));
        expect(wanted).toEqual(wanted.map((_, lane) => (host.spots[lane]?.stored ?? 0) % 1000));
        const back = packed.take(slot);
        expect(back && ids(shown(back))).toEqual(ids(shown(same)));
        expect(packed.take(slot)).toBeUndefined();
        expect(packed.isOf(slot, origin)).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});
