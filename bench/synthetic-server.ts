/**
 * Serves synthetic sites on 127.0.0.1, any free port, and prints its address: `/N/0.html` is the start page of a site of N pages.
 * Bare sockets, since a server that costs as much as the crawler would be what is measured: 22 µs of CPU a page, half of it the kernel's.
 *
 *   npx tsx bench/synthetic-server.ts
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { PAGE_BYTES, pageOf } from './synthetic.ts';

const PATH = /^GET \/(\d+)\/(\d+)\.html HTTP\/1\.1\r\n/;
const END_OF_HEAD = '\r\n\r\n';
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${PAGE_BYTES}\r\n\r\n`;
const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n';

const server = createServer({ noDelay: true }, (socket) => {
  let rest = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => (rest = answer(socket, rest + text)));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', 4096, () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

/** Answers the whole requests in `text` and returns what is left of it. */
function answer(socket: Socket, text: string): string {
  let answers = '';
  for (let end = text.indexOf(END_OF_HEAD); end !== -1; end = text.indexOf(END_OF_HEAD)) {
    const [, size = '', n = ''] = PATH.exec(text) ?? [];
    answers += n !== '' && Number(n) < Number(size) ? HEAD + pageOf(Number(n), Number(size)) : NOT_FOUND;
    text = text.slice(end + END_OF_HEAD.length);
  }
  if (answers !== '') socket.write(answers, 'latin1');
  return text;
}
