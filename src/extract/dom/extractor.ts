/** One extractor on a tree: from a page to its raw records. */
import type { Run } from '../run.ts';
import type { ExtractorSpec } from '../spec.ts';
import type { Json, Page } from '../types.ts';
import { compileCondition } from './condition.ts';
import { compileField, compileRemove } from './field.ts';
import type { Registry } from './registry.ts';
import { within, type Scope } from './scope.ts';
import { compileSelector } from './selector.ts';

/** A record before it is judged. */
export interface RawRecord {
  readonly value: Record<string, Json>;
  readonly errors: readonly string[];
}

export interface DomExtractor {
  /** False when the extractor's `when` does not hold. */
  applies(scope: Scope, page: Page): boolean;
  records(scope: Scope, run: Run): RawRecord[];
}

export function compileExtractor(spec: ExtractorSpec, registry: Registry): DomExtractor {
  const holds = spec.when && compileCondition(spec.when, registry);
  const remove = compileRemove(spec.remove, registry);
  const each = spec.each === undefined ? undefined : compileSelector(spec.each, registry);
  const fields = spec.fields.map(({ name, field }) => ({ name, field: compileField(field, registry) }));
  const readOne = (scope: Scope, run: Run): RawRecord => {
    const value: Record<string, Json> = {};
    for (const { name, field } of fields) {
      run.trail.push(name);
      value[name] = field.read(scope, run);
      run.trail.pop();
    }
    return { value, errors: run.errors.splice(0) };
  };
  return {
    applies: (scope, page) => holds === undefined || holds(scope, page),
    records: (page, run) => {
      if (fields.length === 0) return [];
      const scope = remove(page);
      if (each === undefined) {
        run.trail.splice(0, Infinity, spec.name);
        return [readOne(scope, run)];
      }
      return each.all(scope).map((element, i) => {
        run.trail.splice(0, Infinity, spec.name, i);
        return readOne(within(scope, element), run);
      });
    },
  };
}
