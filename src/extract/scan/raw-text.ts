/**
 * Where the text of a raw element ends: at `</name` and then white space or `>`, in any case.
 * Written as htmlparser2's tokenizer goes, one character at a time while an end tag may have begun, because for it
 * U+001C and U+000F are as good as `<` and `/` there.
 *
 * @param from behind the `>` of the start tag
 * @returns the place of the end tag; -1 when the page ends before
 */
export function rawTextEnd(html: string, from: number, name: string): number {
  const sequence = `</${name}`;
  const isTitle = name === 'title';
  let matched = 0;
  for (let at = from; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (matched === sequence.length) {
      if (code === 0x3e || code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0b)) return at - matched;
      matched = 0;
    }
    if ((code | 0x20) === sequence.charCodeAt(matched)) matched++;
    else if (matched > 0) matched = code === 0x3c ? 1 : 0;
    else if (!isTitle) {
      // outside of a title, only a true `<` is looked for from here
      at = html.indexOf('<', at + 1);
      if (at < 0) return -1;
      matched = 1;
    }
  }
  return -1;
}
