import { react } from '../../src/framework/core.ts';
import type { CoreState } from '../../src/framework/core-types.ts';

/** The core, or one that is broken on purpose. */
export interface Core {
  readonly react: typeof react;
  /** What it makes of the state that an earlier process left. */
  readonly recalled: (state: CoreState) => CoreState;
}

export const REAL_CORE: Core = { react, recalled: (state) => state };
