import type { Condition } from '../spec.ts';
import type { Page } from '../types.ts';
import type { Registry } from './registry.ts';
import type { Scope } from './scope.ts';
import { compileSelector } from './selector.ts';

export type Holds = (scope: Scope, page: Page) => boolean;

export function compileCondition(condition: Condition, registry: Registry): Holds {
  switch (condition.kind) {
    case 'css': {
      const selector = compileSelector(condition.css, registry);
      return (scope) => selector.first(scope) !== null;
    }
    case 'status':
      return (_, { status }) => condition.statuses.includes(status);
    case 'not': {
      const holds = compileCondition(condition.of, registry);
      return (scope, page) => !holds(scope, page);
    }
    case 'all': {
      const all = condition.of.map((one) => compileCondition(one, registry));
      return (scope, page) => all.every((holds) => holds(scope, page));
    }
    case 'any': {
      const any = condition.of.map((one) => compileCondition(one, registry));
      return (scope, page) => any.some((holds) => holds(scope, page));
    }
  }
}
