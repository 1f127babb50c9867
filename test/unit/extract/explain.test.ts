import { expect, test } from 'vitest';
import { explainPage } from '../../../src/extract/explain.ts';
import { optionsOf, page } from './support.ts';

const HTML = '<main><h1>T</h1><div class="price sale">1 €</div><ul><li><b>x</b></li><li></li></ul></main>';

test('each field tells which source matched, how often, and how far the others got', async () => {
  const fields = {
    title: { first_of: ['h2', { meta: 'og:title' }, 'main h1'] },
    price: 'main .price.new b | price',
    list: { each: 'ul > li', fields: { b: { css: 'b::attr(href)', required: true } } },
    url: { from: 'url' },
  };
  const [explained] = await explainPage(optionsOf({ x: { match: '/other', fields } }), page(HTML));
  expect(explained).toEqual({
    name: 'x',
    matches: false,
    applies: true,
    fields: [
      {
        name: 'title',
        sources: [
          { source: 'css h2::text', selector: { css: 'h2', nodes: 0 }, value: null },
          { source: 'meta og:title', value: null },
          { source: 'css main h1::text', selector: { css: 'main h1', nodes: 1 }, value: 'T' },
        ],
        chosen: 2,
        value: 'T',
        errors: [],
      },
      {
        name: 'price',
        sources: [
          {
            source: 'css main .price.new b::text',
            selector: { css: 'main .price.new b', nodes: 0, nearest: { css: 'main .price', nodes: 1 } },
            value: null,
          },
        ],
        value: null,
        errors: [],
      },
      {
        name: 'list',
        sources: [
          { source: 'each ul > li', selector: { css: 'ul > li', nodes: 2 }, value: [{ b: null }, { b: null }] },
        ],
        chosen: 0,
        value: [{ b: null }, { b: null }],
        errors: ['x.list[0].b: required, "b" has no attribute "href"', 'x.list[1].b: required, nothing matched "b"'],
      },
      {
        name: 'list.b',
        sources: [{ source: 'css b::attr(href)', selector: { css: 'b', nodes: 1 }, value: null }],
        value: null,
        errors: ['x.list[0].b: required, "b" has no attribute "href"'],
      },
      {
        name: 'url',
        sources: [{ source: 'from url', value: 'https://example.org/a/page.html' }],
        chosen: 0,
        value: 'https://example.org/a/page.html',
        errors: [],
      },
    ],
  });
});

test('an extractor tells of its condition and its records', async () => {
  const options = optionsOf({
    some: { each: 'li', fields: { b: 'b' } },
    none: { when: { css: 'main .header' }, each: 'ol li', fields: { b: 'b' } },
  });
  const [some, none] = await explainPage(options, page(HTML, { to: 'none' }));
  expect(some).toMatchObject({ matches: false, applies: true, each: { css: 'li', nodes: 2 } });
  expect(some?.fields).toMatchObject([{ name: 'b', value: 'x' }]);
  expect(none).toMatchObject({
    matches: true,
    applies: false,
    when: [{ css: 'main .header', nodes: 0, nearest: { css: 'main', nodes: 1 } }],
    each: { css: 'ol li', nodes: 0 },
    fields: [],
  });
});
