import { messageOf, PinspiderError } from '../lib/errors.ts';
import { decodeMessage } from '../lib/protobuf/decode.ts';
import { encodeMessage } from '../lib/protobuf/encode.ts';
import { type MessageType, Schema } from '../lib/protobuf/schema.ts';
import { createAnswerWriter, readAnswer } from './answer-form.ts';
import {
  type Answer,
  type Assignment,
  DESCRIPTOR,
  type Progress,
  type Report,
  type SchedulerNote,
  type TaskSummary,
} from './messages.generated.ts';
import { readReport } from './report-reader.ts';
import { createReportWriter } from './report-writer.ts';

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

/** Any message of `feed.proto`, by the table of its fields. */
export function tableCodec<T>(name: string): FeedCodec<T> {
  const type = (): MessageType => schema.message(`pinspider.${name}`);
  return codec(
    name,
    (value) => encodeMessage(type(), value as object, 'full'),
    (bytes) => decodeMessage(type(), bytes, 'full') as T,
  );
}

function codec<T>(name: string, encode: FeedCodec<T>['encode'], decode: FeedCodec<T>['decode']): FeedCodec<T> {
  return {
    encode,
    decode(bytes) {
      try {
        return decode(bytes);
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

export const assignmentCodec = tableCodec<Assignment>('Assignment');
export const progressCodec = tableCodec<Progress>('Progress');
export const taskSummaryCodec = tableCodec<TaskSummary>('TaskSummary');
export const schedulerNoteCodec = tableCodec<SchedulerNote>('SchedulerNote');

// These go back and forth for each few pages: by the table they cost a third of all that the scheduler does.
export const reportCodec = codec<Report>('Report', createReportWriter(), readReport);
export const answerCodec = codec<Answer>('Answer', createAnswerWriter(), readAnswer);
