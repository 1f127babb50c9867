import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Schedule } from '../../../src/frontier/schedule.ts';

/** Some beyond the room that a new schedule has. */
const slotOf = (name: number): number => 50 * name;

const step = fc.oneof(
  fc.record({ type: fc.constant('place'), item: fc.nat({ max: 9 }), at: fc.nat({ max: 50 }) }),
  fc.record({ type: fc.constant('remove'), item: fc.nat({ max: 9 }), at: fc.constant(0) }),
  fc.record({ type: fc.constant('take'), item: fc.constant(0), at: fc.nat({ max: 9 }) }),
  fc.record({ type: fc.constant('wait'), item: fc.constant(0), at: fc.nat({ max: 20 }) }),
);

test('it gives what is due, each in its turn, as a plain list would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const schedule = new Schedule();
      let line: number[] = [];
      const waiting = new Map<number, number>();
      let now = 0;
      for (const { type, item: name, at } of steps) {
        const item = slotOf(name);
        if (type === 'place') {
          schedule.place(item, at, now);
          if (at > now) line = line.filter((slot) => slot !== item);
          else if (!line.includes(item)) line.push(item);
          if (at > now) waiting.set(item, at);
          else waiting.delete(item);
        } else if (type === 'remove') {
          schedule.remove(item);
          line = line.filter((slot) => slot !== item);
          waiting.delete(item);
        } else if (type === 'take') {
          for (const slot of schedule.line()) {
            expect(slot).toBe(line.shift());
            schedule.remove(slot);
            if (line.length <= at) break;
          }
        } else {
          now += at;
          schedule.advance(now);
          const due = [...waiting].filter(([, time]) => time <= now);
          for (const [name] of due) waiting.delete(name);
          // Those due in one step come by time; equal times in any order.
          const joined = [...schedule.line()].slice(line.length);
          expect(joined.toSorted((a, b) => a - b)).toEqual(due.map(([name]) => name).toSorted((a, b) => a - b));
          const times = joined.map((name) => due.find(([other]) => other === name)?.[1] ?? -1);
          expect(times).toEqual(times.toSorted((a, b) => a - b));
          line.push(...joined);
        }
        expect([...schedule.line()]).toEqual(line);
        expect(
          line.every((slot) => schedule.has(slot)) && [...waiting.keys()].every((slot) => schedule.has(slot)),
        ).toBe(true);
        expect(schedule.has(item)).toBe(line.includes(item) || waiting.has(item));
        expect(schedule.ready).toBe(line.length);
        expect(schedule.nextAt()).toBe(Math.min(Infinity, ...waiting.values()));
      }
    }),
  );
});
