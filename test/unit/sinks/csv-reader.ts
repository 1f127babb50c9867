/** A small reader of RFC 4180, written for the tests: rows of cells, and for each whether it was quoted. */
export function readCsv(text: string): { readonly text: string; readonly quoted: boolean }[][] {
  const rows: { text: string; quoted: boolean }[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: { text: string; quoted: boolean }[] = [];
    for (;;) {
      let cell = '';
      const quoted = text[at] === '"';
      if (quoted) {
        for (at++; ; at++) {
          if (at >= text.length) throw new Error('quote without end');
          if (text[at] !== '"') cell += text[at] ?? '';
          else if (text[at + 1] === '"') cell += text[++at] ?? '';
          else break;
        }
        at++;
      } else {
        while (at < text.length && !/[",\r\n]/.test(text[at] ?? '')) cell += text[at++] ?? '';
      }
      row.push({ text: cell, quoted });
      if (text[at] !== ',') break;
      at++;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no end of line at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}
