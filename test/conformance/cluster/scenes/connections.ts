import { connect } from 'node:net';
import { basic } from '../../../support/tiny-scheduler.ts';
import type { Player } from '../player.ts';
import { SECRET } from '../stage.ts';
import { exchange } from '../wire.ts';

/** What was done to connections without a record of the bytes: the notes tell what came of it. */
export const unusualConnections = {
  'SUBSCRIBE then FIN of the sending half': async (player: Player): Promise<void> => {
    const socket = connect(portOf(player), '127.0.0.1');
    socket.resume();
    socket.end(request('', '{"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"half"}}}'));
    await player.stage.settle(() => socket.readableEnded, 500);
    if (!socket.readableEnded) player.report(0, 'a SUBSCRIBE connection goes on when its sending half is closed');
    socket.destroy();
  },
  'call with a 3 MB body': async (player: Player): Promise<void> => {
    const call = JSON.stringify({ type: 'SUPPRESS', framework_id: { value: 'nobody' }, more: 'x'.repeat(3_000_000) });
    const { text } = await exchange(portOf(player), Buffer.from(request('', call)));
    if (!text.startsWith('HTTP/1.1 400 ')) player.report(0, `a call of 3 MB is answered ${text.slice(0, 40)}`);
  },
  '100 KB header': async (player: Player): Promise<void> => {
    const { text, isOpen } = await exchange(portOf(player), Buffer.from(request(`X: ${'x'.repeat(100_000)}\r\n`, '')));
    if (text !== '' || isOpen) player.report(0, `a header of 100 KB is answered ${JSON.stringify(text.slice(0, 40))}`);
  },
};

function portOf({ stage }: Player): number {
  return Number(new URL(stage.cluster.url).port);
}

function request(headers: string, body: string): string {
  const own = `Authorization: ${basic(SECRET)}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  return `POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\n${own}${headers}\r\n${body}`;
}
