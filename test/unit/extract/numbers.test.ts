import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCount, readNumber, readPrice, readWholeNumber } from '../../../src/extract/transforms/numbers.ts';

describe('the first number of a text', () => {
  test.each<[text: string, number: number | null, price: number | null, count: number | null]>([
    ['1.234,56', 1234.56, 1234.56, 1235],
    ['1,234.56', 1234.56, 1234.56, 1235],
    ['1.234', 1.234, 1234, 1234],
    ['1,234 pins', 1234, 1234, 1234],
    ['0,234', 0.234, 0.234, 0],
    ['1,5', 1.5, 1.5, 2],
    ['1.234.567', 1234567, 1234567, 1234567],
    ['12,34,567.5', 1234567.5, 1234567.5, 1234568],
    ['1 234 567,89', 1234567.89, 1234567.89, 1234568],
    ['1\u00a0234,50\u00a0€', 1234.5, 1234.5, 1235],
    ['CHF 1’234.50', 1234.5, 1234.5, 1235],
    ['-$5.20', -5.2, -5.2, -5],
    ['$-5', -5, -5, -5],
    ['\u22125', -5, -5, -5],
    ['€ .99', 0.99, 0.99, 1],
    ['page 3 of 10', 3, 3, 3],
    ['1.2M followers', 1.2, 1.2, 1_200_000],
    ['1,2 Mio. Abos', 1.2, 1.2, 1_200_000],
    ['1.234M', 1.234, 1234, 1_234_000],
    ['3k', 3, 3, 3000],
    ['2.5 billion', 2.5, 2.5, 2_500_000_000],
    ['12 Boards', 12, 12, 12],
    ['5 minutes', 5, 5, 5],
    ['v1.2.3', null, null, null],
    ['1e3', 1000, 1, 1],
    ['99999999999999999999', 1e20, 1e20, null],
    ['none', null, null, null],
    ['', null, null, null],
  ])('of %j', (text, number, price, count) => {
    expect([readNumber(text), readPrice(text), readCount(text)]).toEqual([number, price, count]);
  });
});

test.each([
  ['12', 12],
  [' -1,234.5 ', -1234.5],
  ['2.5E-3', 0.0025],
  ['12 km', null],
  ['12 345 6', null],
  ['1.2.', null],
  ['$12', null],
])('%j as a number and nothing else', (text, want) => {
  expect(readWholeNumber(text)).toBe(want);
});

test('a number written in English or in German is read as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
      const value = Number(`${whole}.${String(cents).padStart(2, '0')}`);
      for (const locale of ['en-US', 'de-DE']) {
        expect(readPrice(`${value.toLocaleString(locale, { minimumFractionDigits: 2 })} EUR`)).toBe(value);
      }
    }),
  );
});

test('long runs of digits and marks take no time', () => {
  const text = `${'1,'.repeat(100_000)} ${'9'.repeat(100_000)} ${'1 '.repeat(100_000)}`;
  expect([readNumber(text), readPrice(text), readCount(text)]).toEqual([null, null, null]);
});
