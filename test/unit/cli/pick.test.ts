import { expect, test } from 'vitest';
import { pick } from '../../../src/cli/pick.ts';

const RECORD = { title: 'A', cover: { src: 1, alt: 2 }, thumbs: [{ src: 3 }, { src: 4, alt: 5 }], none: null };

test.each([
  { path: 'title', want: { title: 'A' } },
  { path: 'cover', want: { cover: { src: 1, alt: 2 } } },
  { path: 'cover.alt', want: { cover: { alt: 2 } } },
  { path: 'thumbs.alt', want: { thumbs: [{ alt: null }, { alt: 5 }] } },
  { path: 'none.src', want: { none: null } },
])('$path is all that is left', ({ path, want }) => {
  expect(pick(RECORD, path.split('.'))).toEqual(want);
});
