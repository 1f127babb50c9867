import { expect, test } from 'vitest';
import { saysNofollow } from '../../../src/fetch/x-robots-tag.ts';

test.each<[value: string, want: boolean]>([
  ['nofollow', true],
  ['noindex, NoFollow', true],
  ['none', true],
  [' noindex ,nofollow ', true],
  ['noindex', false],
  ['', false],
  ['all', false],
  ['nofollowing', false],
  ['our-bot: nofollow', true],
  ['Our-Bot: noindex, nofollow', true],
  ['otherbot: nofollow', false],
  ['otherbot: noindex, nofollow', false],
  ['otherbot: noindex, our-bot: nofollow', true],
  ['our-bot: noindex, otherbot: nofollow', false],
  ['nofollow, otherbot: noindex', true],
  ['max-snippet: 20, nofollow', true],
  ['otherbot: max-snippet: 20, nofollow', false],
  ['unavailable_after: 25 Jun 2010 15:00:00 PST, nofollow', true],
])('"%s": %s', (value, want) => {
  expect(saysNofollow(value, 'Our-Bot')).toBe(want);
});
