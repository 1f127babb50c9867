/** Transforms as written, in pipes or under `transform:`. */
import { didYouMean } from '../../lib/suggest.ts';
import { messageOf } from '../../lib/errors.ts';
import { parsePipes, type PipeCall } from '../grammar.ts';
import { regexFault } from '../regex.ts';
import type { TransformCall } from '../spec.ts';
import { TRANSFORMS } from '../transforms/table.ts';
import { asText, type Argument, type Transform } from '../transforms/transform.ts';
import type { Json } from '../types.ts';
import { below, fault, isMap, type At } from './at.ts';
import { isJson } from './json.ts';
import { tellGrammar } from './selectors.ts';

/** Calls that were parsed from a scalar; each fault has its span. */
export function normalizePipes(pipes: readonly PipeCall[], at: At): TransformCall[] {
  return pipes.flatMap(({ name, args }) => {
    const span = [name.offset, name.text.length] as const;
    const values = args.map((arg) => arg.text);
    const spans = args.map((arg) => [arg.offset, Math.max(1, arg.text.length)] as const);
    return checkCall(name.text, values, (what, mend, i) => {
      fault(at, what, mend, (i === undefined ? undefined : spans[i]) ?? span);
    });
  });
}

/** `trim | lower`, `[trim, {replace: [a, b]}]`, `{map: {a: b}}`. */
export function normalizeTransforms(written: unknown, at: At): TransformCall[] {
  if (typeof written === 'string') {
    try {
      return normalizePipes(parsePipes(written), at);
    } catch (error) {
      tellGrammar(error, at);
      return [];
    }
  }
  if (Array.isArray(written)) return written.flatMap((item: unknown, i) => normalizeTransforms(item, below(at, i)));
  if (!isMap(written)) return [];
  return Object.entries(written).flatMap(([name, args]) => {
    const values = Array.isArray(args) ? (args as unknown[]) : args === null ? [] : [args];
    return checkCall(name, values.filter(isJson), (what, mend) => {
      fault(below(at, name), what, mend);
    });
  });
}

type Tell = (what: string, mend?: string, argument?: number) => void;

function checkCall(name: string, args: readonly Json[], tell: Tell): TransformCall[] {
  const transform = TRANSFORMS.get(name);
  if (transform === undefined) {
    tell(
      `unknown transform "${name}"`,
      didYouMean(name, TRANSFORMS.keys()) ?? `there are ${[...TRANSFORMS.keys()].join(', ')}`,
    );
    return [];
  }
  return checkArguments(transform, args, tell) ? [{ name, args }] : [];
}

function checkArguments(transform: Transform, args: readonly Json[], tell: Tell): boolean {
  const { name, repeats } = transform;
  const least = transform.args.filter((arg) => arg.optional !== true).length;
  if (args.length < least || (args.length > transform.args.length && repeats !== true)) {
    tell(`"${name}" takes ${countText(transform)}, not ${args.length}`, `e.g. ${transform.example.call}`);
    return false;
  }
  for (const [i, arg] of args.entries()) {
    const kind = (transform.args[i] ?? transform.args.at(-1))?.kind ?? 'text';
    const wrong = argumentFault(kind, arg);
    if (wrong !== undefined) {
      tell(`argument ${i + 1} of "${name}": ${wrong}`, undefined, i);
      return false;
    }
  }
  try {
    transform.compile(args);
    return true;
  } catch (error) {
    tell(`"${name}": ${messageOf(error)}`, `e.g. ${transform.example.call}`);
    return false;
  }
}

function argumentFault(kind: Argument['kind'], arg: Json): string | undefined {
  if (kind === 'pairs') return undefined;
  const text = asText(arg);
  if (text === null) return 'must be a text or a number';
  if (kind === 'regex') return regexFault(text);
  return kind === 'integer' && !/^[-+]?\d{1,9}$/.test(text) ? 'must be a whole number' : undefined;
}

function countText({ args, repeats }: Transform): string {
  const most = args.length;
  const least = args.filter((arg) => arg.optional !== true).length;
  if (repeats === true) return `${least} or more arguments`;
  if (most === 0) return 'no arguments';
  const names = args.map((arg) => (arg.optional === true ? `[${arg.name}]` : arg.name)).join(', ');
  return `${least === most ? most : `${least} or ${most}`} argument${most === 1 ? '' : 's'} (${names})`;
}
