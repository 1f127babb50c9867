import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import { frame, RecordSplitter } from '../../mesos/recordio.ts';

/** A message between a master's process and an agent's: a method of a link and its arguments, or a registration. */
export interface Message {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Sends a message; to a connection that is gone, as into the air. Uint8Arrays and Infinity arrive as they are. */
export function sendMessage(socket: Socket, message: Message): void {
  if (socket.writable) socket.write(frame(serialize(message)));
}

/**
 * Calls `hear` for each message that comes.
 *
 * Both ends are parts of one cluster, started by one command with one secret: what comes is not checked again.
 */
export function onMessages(socket: Socket, head: Uint8Array, hear: (message: Message) => void): void {
  const splitter = new RecordSplitter();
  const take = (chunk: Uint8Array): void => {
    try {
      for (const record of splitter.push(chunk)) hear(deserialize(record) as Message);
    } catch {
      socket.destroy(); // it cannot be followed any further; the agent connects anew
    }
  };
  if (head.length > 0) take(head);
  socket.on('data', take);
  socket.on('end', () => socket.destroy()); // half of such a connection is of no use to either
}
