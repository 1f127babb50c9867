import { find } from './bytes';
import { pageEnd } from './layout';

/** The last byte of `<!…>`: a comment, `<![CDATA[` or anything else; -1 when the page ends before. */
export function declarationEnd(lt: i32): i32 {
  const code: i32 = load<u8>(lt + 2);
  if (code === 0x2d) {
    // `<!-->` is a whole comment
    if (load<u8>(lt + 3) === 0x2d) return tripleEnd(lt + 2, 0x2d);
    // The parser does not look at the character behind `<!`, nor at the next one behind `<!-`.
    return find(lt + 4, pageEnd, 0x3e);
  }
  if (code !== 0x5b) return find(lt + 3, pageEnd, 0x3e);
  // `<![CD>`: the first character that is not as in `CDATA[` may end the declaration already.
  let at = lt + 3;
  for (let i = 0; i < 6; i++, at++) if (load<u8>(at) !== cdataCode(i)) return find(at, pageEnd, 0x3e);
  return tripleEnd(at, 0x5d);
}

/** Of `CDATA[`. */
function cdataCode(i: i32): i32 {
  if (i === 0) return 0x43;
  if (i === 1) return 0x44;
  if (i === 5) return 0x5b;
  return i === 3 ? 0x54 : 0x41;
}

/** The `>` behind the first two such bytes that have one. */
function tripleEnd(from: i32, byte: i32): i32 {
  for (let at = find(from, pageEnd, byte); at >= 0; at = find(at + 1, pageEnd, byte)) {
    if (load<u8>(at + 1) === byte && load<u8>(at + 2) === 0x3e) return at + 2;
  }
  return -1;
}
