import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAgo } from '../../../src/extract/transforms/ago.ts';
import { compileFormat } from '../../../src/extract/transforms/date-format.ts';
import { fromMs, readMoment, showDate, showDatetime } from '../../../src/extract/transforms/dates.ts';

describe('dates as pages write them', () => {
  test.each<[text: string, want: string | null]>([
    ['2024-03-12', '2024-03-12'],
    ['2024/3/12', '2024-03-12'],
    ['20240312', '2024-03-12'],
    ['12.03.2024', '2024-03-12'],
    ['12 March 2024', '2024-03-12'],
    ['12th of March 2024', '2024-03-12'],
    ['March 12, 2024', '2024-03-12'],
    ['Mar. 12 2024', '2024-03-12'],
    ['Sept 1, 2024', '2024-09-01'],
    ['Tuesday, 12 March 2024', '2024-03-12'],
    ['13/04/2024', '2024-04-13'],
    ['04/13/2024', '2024-04-13'],
    ['05/05/2024', '2024-05-05'],
    ['03/04/2024', null],
    ['2024-02-30', null],
    ['2023-02-29', null],
    ['2024-02-29', '2024-02-29'],
    ['1900-02-29', null],
    ['12 Foo 2024', null],
    ['March 2024', null],
    ['2024-03-12Z', '2024-03-12'],
    ['2024-03-12T10:20', '2024-03-12T10:20:00'],
    ['2024-03-12 10:20:30.5', '2024-03-12T10:20:30.500'],
    ['2024-03-12T10:20:30Z', '2024-03-12T10:20:30Z'],
    ['2024-03-12T01:20:30+02:00', '2024-03-11T23:20:30Z'],
    ['2024-12-31T23:30:00-0130', '2025-01-01T01:00:00Z'],
    ['Tue, 12 Mar 2024 10:20:30 GMT', '2024-03-12T10:20:30Z'],
    ['Tue, 12 Mar 2024 10:20:30 -0500 (EST)', '2024-03-12T15:20:30Z'],
    ['March 12, 2024 at 10:20 PM', '2024-03-12T22:20:00'],
    ['March 12, 2024, 12:05 a.m.', '2024-03-12T00:05:00'],
    ['2024-03-12T24:00', null],
    ['2024-03-12 13:00 PM', null],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    ['1710230400', '2024-03-12T08:00:00Z'],
    ['1710230400500', '2024-03-12T08:00:00.500Z'],
    ['12345', null],
    ['', null],
  ])('%j', (text, want) => {
    const moment = readMoment(text);
    expect(moment && showDatetime(moment)).toBe(want);
  });
});

test('every day is read back from every unambiguous form', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) }), (ms) => {
      const day = new Date(ms);
      const want = day.toISOString().slice(0, 10);
      const [year = '', month = '', date = ''] = want.split('-');
      const long = day.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
      for (const text of [want, day.toUTCString(), day.toISOString(), `${date}.${month}.${year}`, long]) {
        const moment = readMoment(text);
        expect(moment && showDate(moment)).toBe(want);
      }
      expect(showDatetime(fromMs(ms))).toBe(day.toISOString().replace('.000Z', 'Z'));
    }),
  );
});

describe('dates by a format', () => {
  test.each([
    ['DD/MM/YYYY', '03/04/2024', '2024-04-03'],
    ['D. MMMM YYYY', '3. April 2024, Bonn', '2024-04-03'],
    ['YY.M.D', '68.1.2', '2068-01-02'],
    ['YYYY-MM-DDTHH:mm:ss', '2024-03-12T01:02:03', '2024-03-12T01:02:03'],
    ['M/D/YYYY H:mm A', '3/12/2024 12:00 AM', '2024-03-12T00:00:00'],
    ['DD/MM/YYYY', '31/02/2024', null],
    ['DD/MM/YYYY', '3/4/2024', null],
  ])('%s reads %j as %j', (format, text, want) => {
    const moment = compileFormat(format)(text);
    expect(moment && showDatetime(moment)).toBe(want);
  });

  test.each(['DD/MM', 'YYYY', 'dd/MM/YYYY', 'Q YYYY MM DD', ''])('%j is no format', (format) => {
    expect(() => compileFormat(format)).toThrow();
  });
});

describe('distances in time', () => {
  const now = Date.UTC(2024, 2, 31, 12);
  test.each([
    ['3 days ago', '2024-03-28T12:00:00Z'],
    ['an hour ago', '2024-03-31T11:00:00Z'],
    ['About 5 minutes ago', '2024-03-31T11:55:00Z'],
    ['2h', '2024-03-31T10:00:00Z'],
    ['1.5 hours ago', '2024-03-31T10:30:00Z'],
    ['yesterday', '2024-03-30T12:00:00Z'],
    ['just now', '2024-03-31T12:00:00Z'],
    ['a month ago', '2024-02-29T12:00:00Z'],
    ['2 years ago', '2022-03-31T12:00:00Z'],
    ['last week', null],
    ['999999 years ago', null],
    ['3 apples ago', null],
  ])('%s', (text, want) => {
    const ms = readAgo(text, now);
    expect(ms === null ? null : showDatetime(fromMs(ms))).toBe(want);
  });
});
