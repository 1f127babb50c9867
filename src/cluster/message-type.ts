import protobuf from 'protobufjs/light.js';
import { DESCRIPTOR } from '../mesos/messages.generated.ts';

let root: protobuf.Root | undefined;

/** The definition of a message by its full name, `mesos.v1.ExecutorInfo`; parsed at first use. */
export function messageType(name: string): protobuf.Type {
  root ??= protobuf.Root.fromJSON(JSON.parse(DESCRIPTOR) as protobuf.INamespace);
  return root.lookupType(name);
}
