/** The last character of `<!…>`: a comment, `<![CDATA[` or anything else; -1 when the page ends before. */
export function declarationEnd(html: string, lt: number): number {
  if (html.startsWith('--', lt + 2)) {
    // `<!-->` is a whole comment
    const end = html.indexOf('-->', lt + 2);
    return end < 0 ? -1 : end + 2;
  }
  if (html.startsWith('[CDATA[', lt + 2)) {
    const end = html.indexOf(']]>', lt + 9);
    return end < 0 ? -1 : end + 2;
  }
  const code = html.charCodeAt(lt + 2);
  if (code === 0x5b) return html.indexOf('>', cdataMismatch(html, lt + 3));
  // The parser does not look at the character behind `<!`, nor at the next one behind `<!-`.
  return html.indexOf('>', code === 0x2d ? lt + 4 : lt + 3);
}

/** `<![CD>`: the first character that is not as in `CDATA[` may end the declaration already. */
function cdataMismatch(html: string, from: number): number {
  let at = from;
  while (html.charCodeAt(at) === 'CDATA['.charCodeAt(at - from)) at++;
  return at;
}
