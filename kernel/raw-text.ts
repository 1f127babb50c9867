import { find, isSpace } from './bytes';
import { pageEnd } from './layout';

/**
 * Where the text of a raw element ends: at `</name` and then white space or `>`, in any case.
 * Written as htmlparser2's tokenizer goes, one character at a time while an end tag may have begun, because for it
 * U+001C and U+000F are as good as `<` and `/` there.
 *
 * @param from behind the `>` of the start tag
 * @returns the address of the end tag; -1 when the page ends before
 */
export function rawTextEnd(from: i32, name: i32, length: i32, isTitle: bool): i32 {
  let matched = 0;
  for (let at = from; at < pageEnd; at++) {
    const code: i32 = load<u8>(at);
    if (matched === length + 2) {
      if (isSpace(code) || code === 0x3e) return at - matched;
      matched = 0;
    }
    const wanted: i32 = matched === 0 ? 0x3c : matched === 1 ? 0x2f : load<u8>(name + matched - 2);
    if ((code | 0x20) === wanted) matched++;
    else if (matched > 0) matched = code === 0x3c ? 1 : 0;
    else if (!isTitle) {
      // outside of a title, only a true `<` is looked for from here
      at = find(at + 1, pageEnd, 0x3c);
      if (at < 0) return -1;
      matched = 1;
    }
  }
  return -1;
}
