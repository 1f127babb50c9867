import { type Validators, validatorsOf } from '../fetch/conditional.ts';
import type { FetchResponse } from '../fetch/types.ts';
import { contentFingerprint, type Words } from '../lib/content-fingerprint.ts';

/** What is learnt of a page when it is fetched, to tell at the next visit whether it has changed. */
export interface PageFacts extends Validators {
  /** Fingerprint of the decoded body; absent where nothing is extracted from it. */
  readonly content?: Words | undefined;
}

export function factsOf({ headers, body }: FetchResponse): PageFacts {
  return { ...validatorsOf(headers), content: contentFingerprint(body) };
}

export function hasSameContent({ content }: PageFacts, known: PageFacts | undefined): boolean {
  return content !== undefined && content[0] === known?.content?.[0] && content[1] === known.content[1];
}
