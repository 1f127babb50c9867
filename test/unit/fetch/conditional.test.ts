import { expect, test } from 'vitest';
import { conditionOf, validatorsOf } from '../../../src/fetch/conditional.ts';

const DATE = 'Tue, 12 Mar 2024 08:00:00 GMT';

test.each<[headers: Record<string, string>, sent: Record<string, string>]>([
  [{ etag: '"a"' }, { 'if-none-match': '"a"' }],
  [{ etag: 'W/"weak"' }, { 'if-none-match': 'W/"weak"' }],
  [{ etag: 'unquoted' }, { 'if-none-match': 'unquoted' }],
  [{ etag: '"ä"' }, { 'if-none-match': '"ä"' }],
  [{ 'last-modified': DATE }, { 'if-modified-since': DATE }],
  [{ 'last-modified': 'yesterday' }, { 'if-modified-since': 'yesterday' }],
  [
    { etag: '"a"', 'last-modified': DATE },
    { 'if-none-match': '"a"', 'if-modified-since': DATE },
  ],
  [{}, {}],
  [{ etag: '' }, {}],
  [{ etag: ' ' }, {}],
  [{ etag: '"a\u0001b"' }, {}],
  [{ etag: '"Ω"' }, {}],
  [{ etag: `"${'x'.repeat(600)}"` }, {}],
])('after an answer with %o the next request has %o', (headers, sent) => {
  expect(conditionOf(validatorsOf(headers))).toEqual(sent);
});
