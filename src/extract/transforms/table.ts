/** All transforms. `docs/transforms.md` is made from this table, and each example is a test. */
import type { Json } from '../types.ts';
import { LIST_TRANSFORMS } from './lists.ts';
import { MARKUP_TRANSFORMS } from './markup.ts';
import { TEXT_TRANSFORMS } from './text.ts';
import { isList, type Apply, type Transform } from './transform.ts';
import { URL_TRANSFORMS } from './urls.ts';
import { VALUE_TRANSFORMS } from './values.ts';

/** By name, in the order of the documentation. */
export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map(
  [...TEXT_TRANSFORMS, ...VALUE_TRANSFORMS, ...URL_TRANSFORMS, ...LIST_TRANSFORMS, ...MARKUP_TRANSFORMS].map(
    (transform) => [transform.name, transform],
  ),
);

/** How transforms are chained on one value: null stays null; lists go item by item, and hold no nulls. */
export function applyTo(transform: Transform, args: readonly Json[]): Apply {
  const apply = transform.compile(args);
  if (transform.wholeLists === true) return (value, context) => (value === null ? null : apply(value, context));
  return (value, context) => {
    if (value === null) return null;
    if (!isList(value)) return apply(value, context);
    // flat: `split` makes lists of items
    return value
      .map((item) => (item === null ? null : apply(item, context)))
      .flat()
      .filter((item) => item !== null);
  };
}
