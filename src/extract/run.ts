import type { TransformContext } from './transforms/transform.ts';
import type { Page } from './types.ts';

/** One record being made of one page: what its values may depend on, and what went wrong. */
export interface Run {
  readonly page: Page;
  readonly context: TransformContext;
  /** Where we are inside the record, for messages: names of fields and indexes. */
  readonly trail: (string | number)[];
  /** Filled while the record is made. */
  readonly errors: string[];
}

/** Adds an error of the place where the run is: `board[3].title: required, …`. */
export function addError(run: Run, what: string): void {
  run.errors.push(`${trailText(run.trail)}: ${what}`);
}

function trailText(trail: readonly (string | number)[]): string {
  return trail.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('');
}
