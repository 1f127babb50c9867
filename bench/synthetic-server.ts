/**
 * Serves synthetic sites on 127.0.0.1, any free port, and prints its address: `/N/0.html` is the start page of a site of N small pages,
 * `/heavy-N/0.html` of one of N heavy ones. Bare sockets, since a server that costs as much as the crawler would be what is measured: 22 µs of
 * CPU a small page, half of it the kernel's.
 *
 *   npx tsx bench/synthetic-server.ts
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { heavySite, type HeavySite } from './synthetic-heavy.ts';
import { PAGE_BYTES, pageOf } from './synthetic.ts';

const PATH = /^GET \/(heavy-)?(\d+)\/(\d+)\.html HTTP\/1\.1\r\n/;
const END_OF_HEAD = '\r\n\r\n';
const headOf = (bytes: number): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${bytes}\r\n\r\n`;
const HEAD = headOf(PAGE_BYTES);
const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n';

const heavySites = new Map<number, HeavySite>();
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
  socket.cork();
  for (let end = text.indexOf(END_OF_HEAD); end !== -1; end = text.indexOf(END_OF_HEAD)) {
    const [, heavy, size = '', n = ''] = PATH.exec(text) ?? [];
    if (n === '' || Number(n) >= Number(size)) socket.write(NOT_FOUND, 'latin1');
    else if (heavy === undefined) socket.write(HEAD + pageOf(Number(n), Number(size)), 'latin1');
    else answerHeavy(socket, Number(n), Number(size));
    text = text.slice(end + END_OF_HEAD.length);
  }
  socket.uncork();
  return text;
}

/** The parts of a page go to the kernel as they lie. */
function answerHeavy(socket: Socket, n: number, size: number): void {
  const site = heavySites.get(size) ?? heavySite(size);
  heavySites.set(size, site);
  const parts = site.page(n);
  socket.write(headOf(parts.reduce((sum, { length }) => sum + length, 0)), 'latin1');
  for (const part of parts) socket.write(part);
}
