/** Fields on a tree: when → remove → source, then the pipeline. */
import { compilePipeline } from '../pipeline.ts';
import type { Run } from '../run.ts';
import type { FieldSpec } from '../spec.ts';
import type { Json } from '../types.ts';
import { compileCondition } from './condition.ts';
import type { Registry } from './registry.ts';
import { without, type Scope } from './scope.ts';
import { compileSelector } from './selector.ts';
import { compileSource } from './source.ts';

export interface Field {
  read(scope: Scope, run: Run): Json;
}

export function compileField(spec: FieldSpec, registry: Registry): Field {
  const holds = spec.when && compileCondition(spec.when, registry);
  const remove = compileRemove(spec.remove, registry);
  const source = compileSource(spec, registry, compileField);
  const pipeline = compilePipeline(spec, spec.transforms.slice(source.done));
  return {
    read: (outer, run) => {
      if (holds !== undefined && !holds(outer, run.page)) return pipeline.absent;
      const scope = remove(outer);
      return pipeline.finish(source.read(scope, run), run, () => source.missing(scope, run));
    },
  };
}

/** The scope without what these selectors match in it. */
export function compileRemove(remove: readonly string[], registry: Registry): (scope: Scope) => Scope {
  if (remove.length === 0) return (scope) => scope;
  const selectors = remove.map((css) => compileSelector(css, registry));
  return (scope) =>
    without(
      scope,
      selectors.flatMap((selector) => selector.all(scope)),
    );
}
