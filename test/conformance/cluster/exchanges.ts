/** The request in live words, also where a name lies in two chunks of its body; names have the same length here. */
export function translated(request: string, text: (recorded: string) => string): string {
  const [head = '', ...rest] = request.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (!/^transfer-encoding: chunked/im.test(head)) return text(request);
  const pieces: string[] = [];
  for (let at = 0; ;) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, line), 16);
    if (!(size > 0)) break;
    pieces.push(body.slice(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  const whole = text(pieces.join(''));
  const cut = pieces.map((piece, i) => {
    const start = pieces.slice(0, i).join('').length;
    return `${piece.length.toString(16)}\r\n${whole.slice(start, start + piece.length)}\r\n`;
  });
  return `${text(head)}\r\n\r\n${cut.join('')}0\r\n\r\n`;
}

/** Status, headers and bodies of the answers in a connection's bytes. */
export function answersOf(text: string): object[] {
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((one) => one.startsWith('HTTP/1.1 '))
    .map((one) => {
      const [head = '', ...body] = one.split('\r\n\r\n');
      const [status = '', ...lines] = head.split('\r\n');
      const headers = lines.map((line) => line.split(':', 1)[0]?.toLowerCase() ?? '');
      const isStream = headers.includes('transfer-encoding');
      return {
        status,
        headers: headers.filter((key) => !['connection', 'keep-alive', 'date'].includes(key)).sort(),
        body: isStream ? (/"type":"SUBSCRIBED"|SUBSCRIBED/.test(one) ? 'SUBSCRIBED …' : '') : body.join('\r\n\r\n'),
      };
    });
}
