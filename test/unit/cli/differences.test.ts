import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, showDifference } from '../../../src/cli/differences.ts';
import type { Json } from '../../../src/extract/types.ts';

const GOT: Json = { name: 'A', tags: ['x', 'y'], cover: { src: '/a.jpg', alt: null } };

describe('differences', () => {
  test.each<{ name: string; wanted: unknown; want: string[] }>([
    { name: 'keys that are not wanted do not count', wanted: { name: 'A' }, want: [] },
    { name: 'nor do they deeper down', wanted: { cover: { src: '/a.jpg' } }, want: [] },
    {
      name: 'a value is named by its path',
      wanted: { cover: { src: '/b.jpg' } },
      want: ['cover.src: wanted "/b.jpg", got "/a.jpg"'],
    },
    { name: 'a number is not its text', wanted: { name: 1 }, want: ['name: wanted 1, got "A"'] },
    { name: 'null is a value', wanted: { cover: { alt: null } }, want: [] },
    {
      name: 'a list must have all items',
      wanted: { tags: ['x', 'y', 'z'] },
      want: ['tags[2]: wanted "z", got nothing'],
    },
    { name: 'and no others', wanted: { tags: ['x'] }, want: ['tags[1]: wanted nothing, got "y"'] },
    {
      name: 'the order of a list counts',
      wanted: { tags: ['y', 'x'] },
      want: ['tags[0]: wanted "y", got "x"', 'tags[1]: wanted "x", got "y"'],
    },
    { name: 'a field that is not there', wanted: { colour: 'red' }, want: ['colour: wanted "red", got nothing'] },
    {
      name: 'an object is no text',
      wanted: { cover: 'x' },
      want: ['cover: wanted "x", got {"src":"/a.jpg","alt":null}'],
    },
    { name: 'inherited keys are not there', wanted: { toString: 'x' }, want: ['toString: wanted "x", got nothing'] },
  ])('$name', ({ wanted, want }) => {
    expect(differences(wanted, GOT).map(showDifference)).toEqual(want);
  });

  test('long texts are shown from where they part', () => {
    const [one = { path: '', wanted: '', got: '' }] = differences(`${'a'.repeat(500)}b`, `${'a'.repeat(500)}c`, 'body');
    expect(showDifference(one)).toBe(
      `body: wanted …${'a'.repeat(20)}b", got …${'a'.repeat(20)}c" (they part at character 502)`,
    );
  });

  test('nothing differs from itself', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => differences(value, value as Json).length === 0));
  });
});
