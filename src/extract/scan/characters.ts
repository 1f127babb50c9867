/** White space of HTML: tab, line feed, form feed, carriage return, space. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c;
}

const tableOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};

// One look into a table is cheaper than seven comparisons, and most characters of a page's tags come through here.
const ENDS_NAME = tableOf('\t\n\f\r />');
const ENDS_ATTRIBUTE = tableOf('\t\n\f\r />=');

/** `<a>`, `<a/`, `<a `: the name of a start tag is over. */
export function endsName(code: number): boolean {
  return ENDS_NAME[code] === 1;
}

/** The name of an attribute is over. */
export function endsAttribute(code: number): boolean {
  return ENDS_ATTRIBUTE[code] === 1;
}

/** Begins a name after `<` or `</`. */
export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a && code < 0x80;
}
