import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { markdownOf } from '../../../src/extract/dom/markdown.ts';
import { randomHtml } from './random-html.ts';

const markdown = (html: string): string =>
  markdownOf(parseDocument(html), { base: 'https://example.org/a/', removed: undefined });

test.each<[name: string, html: string, want: string]>([
  ['headings', '<h1>A</h1><h3>B <em>c</em></h3>', '# A\n\n### B *c*'],
  ['paragraphs', '<p>one\n two<p>three', 'one two\n\nthree'],
  ['loose text beside blocks', 'a <b>b</b><div>c</div>d', 'a **b**\n\nc\n\nd'],
  ['line breaks', '<p>a<br>b</p>', 'a\\\nb'],
  ['emphasis with white space inside', '<p>a<b> b </b>c <i></i>d</p>', 'a **b** c d'],
  ['links', '<a href="../x">x</a> <a>y</a> <a href="javascript:z">z</a>', '[x](https://example.org/x) y z'],
  ['links with brackets', '<a href="/a(b)">[x]</a>', '[\\[x\\]](https://example.org/a%28b%29)'],
  ['images', '<img src=i.png alt="an  image"><img alt=x>', '![an image](https://example.org/a/i.png)'],
  [
    'linked images',
    '<a href=/x><img src=i.png alt=i></a>',
    '[![i](https://example.org/a/i.png)](https://example.org/x)',
  ],
  ['lists', '<ul><li>a<li>b</ul><ol start=3><li>c</li><li>d</li></ol>', '- a\n- b\n\n3. c\n4. d'],
  ['nested lists', '<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>', '- a\n  - b\n    1. c\n- d'],
  ['list items of several blocks', '<ul><li><p>a</p><p>b</p></ul>', '- a\n\n  b'],
  ['code', '<p><code>a_b  `c`</code> <kbd>x</kbd></p>', '`` a_b `c` `` `x`'],
  ['code blocks', '<pre><code class="language-js">let a;\n\n  *b*\n</code></pre>', '```js\nlet a;\n\n  *b*\n```'],
  ['code blocks that hold fences', '<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
  ['quotes', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  [
    'tables',
    '<table><tr><th>a<th>b<tr><td>1|2<td><b>x</b> y<tr><td>3</table>',
    '| a | b |\n| --- | --- |\n| 1\\|2 | **x** y |\n| 3 |  |',
  ],
  ['rules', 'a<hr>b', 'a\n\n---\n\nb'],
  ['definitions', '<dl><dt>t<dd>d</dl>', '**t**\n\nd'],
  [
    'characters that would mean something',
    '<p>*a* _b_ c_d `e` [f] &lt;g> 1 < 2</p>',
    '\\*a\\* \\_b\\_ c_d \\`e\\` \\[f\\] \\<g> 1 < 2',
  ],
  ['lines that would become lists or headings', '<p>1. a</p><p>- b</p><p># c</p>', '1\\. a\n\n\\- b\n\n\\# c'],
  ['what no reader sees', '<title>t</title><style>s</style><script>x</script><p>a<!-- c --></p>', 'a'],
  ['broken markup', '<ul><b>x</ul><td>y', '- **x**\n\ny'],
  ['nothing', ' <p> </p><ul></ul>', ''],
])('%s', (_, html, want) => {
  expect(markdown(html)).toBe(want);
});

test('any markup becomes some Markdown, without empty lines at its ends', () => {
  fc.assert(
    fc.property(randomHtml, (html) => {
      const text = markdown(html);
      expect(text).toBe(text.trim());
    }),
  );
});
