import { react } from '../../src/framework/core.ts';
import { restoreState } from '../../src/framework/initial-state.ts';

/** The core, or one that is broken on purpose. */
export interface Core {
  readonly react: typeof react;
  readonly restore: typeof restoreState;
}

export const REAL_CORE: Core = { react, restore: restoreState };
