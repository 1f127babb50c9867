import { parseFast, type Dom } from '../../../src/extract/dom/document.ts';
import { PageText } from '../../../src/lib/page-text.ts';
import { Registry } from '../../../src/extract/dom/registry.ts';
import { pageScope, within, without } from '../../../src/extract/dom/scope.ts';
import { compileSelector } from '../../../src/extract/dom/selector.ts';
import { innerHtml, textOf } from '../../../src/extract/dom/text.ts';
import { scanFor } from '../../../src/extract/scan/scan.ts';

/** All that two selectors find and all that can be read of it, the second one inside of the first one's matches too. */
export function readings(
  html: string | Buffer,
  outer: string,
  inner: string,
  remove = '',
): { readonly tree: unknown; readonly scan: unknown; readonly scanOfBytes: unknown } {
  // a page is decoded from bytes, so that a text has no half surrogates
  const bytes = Buffer.from(html);
  const text = PageText.of(bytes.toString());
  const registry = new Registry();
  const [first, second] = [compileSelector(outer, registry), compileSelector(inner, registry)];
  const gone = compileSelector(remove, registry);
  const sorter = registry.sorter();
  const read = (dom: Dom): unknown => {
    const scope = pageScope(dom);
    const facts = (selector: typeof first, at: typeof scope): unknown[] =>
      selector.all(at).map((element) => ({
        number: element.startIndex,
        last: element.endIndex,
        name: element.name,
        attributes: { ...element.attribs },
        text: textOf(element, undefined),
        html: innerHtml(element, undefined),
      }));
    const rest = without(scope, gone.all(scope));
    return {
      rest: first
        .all(rest)
        .map((element) => [
          element.startIndex,
          textOf(element, rest.removed),
          second.all(within(rest, element)).map((one) => [one.startIndex, textOf(one, rest.removed)]),
        ]),
      first: first.first(scope)?.startIndex,
      outer: facts(first, scope),
      inner: first.all(scope).map((element) => facts(second, within(scope, element))),
      page: facts(second, scope),
    };
  };
  // every other time with so little room that it grows again and again
  const scan = scanFor(sorter, bytes.length % 2 === 0 ? 256 : undefined);
  return {
    tree: read(parseFast(sorter)(text)),
    scan: read(scan(text)),
    scanOfBytes: read(scan(PageText.ofUtf8(bytes))),
  };
}
