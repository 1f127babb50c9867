/** From what a source read to the value of a field: regex → transforms → dictionary → type → default → checks. */
import { compileChecks } from './checks.ts';
import { compileRegex } from './regex.ts';
import { addError, type Run } from './run.ts';
import { show } from './show.ts';
import type { Dictionary, FieldSpec, TransformCall } from './spec.ts';
import { applyTo, TRANSFORMS } from './transforms/table.ts';
import { asText, isList, type Apply } from './transforms/transform.ts';
import type { Json } from './types.ts';
import { readAs, TYPE_NAMES } from './value-types.ts';

export interface Pipeline {
  /** @param missing says why there is nothing; asked for only when a required value is missing */
  finish(raw: Json, run: Run, missing: () => string): Json;
  /** What the field is when its `when` does not hold. */
  readonly absent: Json;
}

type Step = (value: Json, run: Run) => Json;

/** Nothing to show: null, an empty text, an empty list. */
export function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.length === 0);
}

/** @param transforms those of the field that the source has not done itself */
export function compilePipeline(field: FieldSpec, transforms: readonly TransformCall[]): Pipeline {
  const steps: Step[] = [];
  if (field.regex !== undefined) steps.push(regexStep(field.regex, field.list));
  for (const call of transforms) steps.push(transformStep(call));
  if (field.dictionary !== undefined) steps.push(dictionaryStep(field.dictionary));
  if (field.type !== undefined) steps.push(typeStep(field.type));
  const check = compileChecks(field);
  const absent: Json = field.default ?? (field.list ? [] : null);
  return {
    absent,
    finish: (raw, run, missing) => {
      let value = raw;
      const before = run.errors.length;
      for (const step of steps) value = step(value, run);
      if (run.errors.length > before) return value;
      if (isEmpty(value)) {
        if (field.default !== undefined) return field.default;
        if (field.required) {
          addError(run, `required, ${isEmpty(raw) ? missing() : `nothing is left of ${show(raw)}`}`);
          return value;
        }
      }
      check(value, run);
      return value;
    },
  };
}

function regexStep(expression: string, list: boolean): Step {
  const regex = compileRegex(expression);
  return (value) => {
    if (!list) {
      const text = asText(value);
      return text === null ? null : regex.first(text);
    }
    const items = isList(value) ? value : [value];
    return items.flatMap((item) => {
      const text = asText(item);
      return text === null ? [] : regex.all(text);
    });
  };
}

function transformStep(call: TransformCall): Step {
  const transform = TRANSFORMS.get(call.name);
  if (transform === undefined) throw new Error(`bug: transform "${call.name}" passed normalizing`);
  const apply: Apply = applyTo(transform, call.args);
  return (value, { context }) => apply(value, context);
}

function dictionaryStep({ entries, otherwise }: Dictionary): Step {
  const map = new Map(entries);
  const look = (value: Json): Json => {
    // the empty key takes what is missing
    const text = asText(value) ?? (value === null ? '' : undefined);
    const found = text === undefined ? undefined : map.get(text);
    if (found !== undefined) return found;
    return otherwise === 'keep' ? value : otherwise.value;
  };
  return (value) => (isList(value) ? value.map(look) : look(value));
}

function typeStep(type: NonNullable<FieldSpec['type']>): Step {
  const read = (value: Json, run: Run): Json => {
    const typed = readAs(type, value, run.context.base);
    if (typed !== undefined) return typed;
    addError(run, `${show(value)} is not ${TYPE_NAMES[type]}`);
    return null;
  };
  return (value, run) => {
    if (!isList(value)) return read(value, run);
    const typed: Json[] = [];
    for (const [i, item] of value.entries()) {
      run.trail.push(i);
      const one = read(item, run);
      run.trail.pop();
      if (one !== null) typed.push(one);
    }
    return typed;
  };
}
