import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';

/** TLS in front of a plain server on loopback: what a browser would call its https address. */
export async function tlsFront(
  target: string,
  options: TlsOptions,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { port } = new URL(target);
  const sockets = new Set<{ destroy(): unknown }>();
  const server = createServer(options, (near) => {
    const far = connect(Number(port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => (near.destroy(), far.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
