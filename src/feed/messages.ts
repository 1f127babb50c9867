import { messageOf, PinspiderError } from '../lib/errors.ts';
import { decodeMessage } from '../lib/protobuf/decode.ts';
import { encodeMessage } from '../lib/protobuf/encode.ts';
import { Schema } from '../lib/protobuf/schema.ts';
import {
  type Answer,
  type Assignment,
  DESCRIPTOR,
  type Progress,
  type Report,
  type SchedulerNote,
  type TaskSummary,
} from './messages.generated.ts';

/** What may be left out when writing: everything, at every depth. Absent members read as proto3 defaults. */
export type Sparse<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer E)[]
    ? readonly Sparse<E>[]
    : T extends object
      ? { readonly [K in keyof T]?: Sparse<T[K]> | undefined }
      : T;

/**
 * Bytes ⇄ messages of `proto/feed.proto`. Of decoded messages every field reads, absent ones by default; `bytes` are views into
 * what was decoded.
 */
export interface FeedCodec<T> {
  encode(value: Sparse<T>): Uint8Array;
  /** @throws {PinspiderError} FEED_MESSAGE when the bytes are no such message */
  decode(bytes: Uint8Array): T;
}

const schema = new Schema(DESCRIPTOR);

function codec<T>(name: string): FeedCodec<T> {
  return {
    encode: (value) => encodeMessage(schema.message(`pinspider.${name}`), value as object, 'full'),
    decode(bytes) {
      try {
        return decodeMessage(schema.message(`pinspider.${name}`), bytes, 'full') as T;
      } catch (error) {
        throw new PinspiderError({
          code: 'FEED_MESSAGE',
          what: `not a ${name} message (${messageOf(error)})`,
          cause: error,
        });
      }
    },
  };
}

export const assignmentCodec = codec<Assignment>('Assignment');
export const reportCodec = codec<Report>('Report');
export const answerCodec = codec<Answer>('Answer');
export const progressCodec = codec<Progress>('Progress');
export const taskSummaryCodec = codec<TaskSummary>('TaskSummary');
export const schedulerNoteCodec = codec<SchedulerNote>('SchedulerNote');
