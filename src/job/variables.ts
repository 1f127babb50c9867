import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KeyPath } from '../extract/types.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { Faults } from './fault.ts';
import { isSecretPath, isSecretVariable } from './secret-names.ts';
import type { Place } from './source.ts';
import { whyUnreadable } from './unreadable.ts';
import { mapScalars, nodeAt, type ScalarTree, type Tree } from './tree.ts';

export interface VariableContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly faults: Faults;
  /** Takes up what must never be shown. */
  readonly secrets: Set<string>;
}

/** `$${` stands for `${`; otherwise a reference up to its brace, or an opening without one. */
const REFERENCE = /\$\$\{|\$\{([^{}]*)\}|\$\{/g;
const FORMS = 'the forms are ${NAME}, ${NAME:-default}, ${NAME:?message} and ${file:path}; $${ stands for ${ itself';

/**
 * Fills in `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `${file:path}`. Works on scalars after YAML is read, so that a
 * value can never bring in structure. `vars` of the job go before the environment; they may themselves use variables.
 */
export function fillVariables(tree: Tree, context: VariableContext): Tree {
  return new Filler(tree, context).fill();
}

class Filler {
  readonly #tree: Tree;
  readonly #context: VariableContext;
  /** Names of `vars` being worked out, to find those that need themselves. */
  readonly #open: string[] = [];

  constructor(tree: Tree, context: VariableContext) {
    this.#tree = tree;
    this.#context = context;
  }

  fill(): Tree {
    return mapScalars(this.#tree, (scalar, path) => this.#scalar(scalar, path));
  }

  #scalar(scalar: ScalarTree, path: KeyPath): ScalarTree {
    if (typeof scalar.value !== 'string' || !scalar.value.includes('${')) return scalar;
    // A header that reads "Bearer ${TOKEN}" hides the variable's value alone.
    const secret = isSecretPath(path);
    const value = scalar.value.replaceAll(REFERENCE, (whole, reference: string | undefined, offset: number) => {
      if (whole === '$${') return '${';
      const place = partOf(scalar, offset, whole.length);
      if (reference !== undefined) return this.#reference(reference, place, secret);
      this.#context.faults.error(place, 'this ${ has no }', FORMS);
      return '';
    });
    return { ...scalar, value, substituted: true };
  }

  #reference(reference: string, place: Place, secret: boolean): string {
    if (reference.startsWith('file:')) return this.#file(reference.slice('file:'.length), place);
    const match = /^([A-Za-z_][A-Za-z0-9_]*)(?::([-?])(.*))?$/s.exec(reference);
    if (!match) {
      this.#context.faults.error(place, `\${${reference}} is no variable`, FORMS);
      return '';
    }
    const [, name = '', form, rest = ''] = match;
    const found = this.#lookup(name, place);
    // As in a shell, :- and :? take an empty value for none.
    const value = form !== undefined && found === '' ? undefined : found;
    const chosen = value ?? (form === '-' ? rest : undefined);
    if (chosen === undefined) {
      const known = [...this.#varNames(), ...Object.keys(this.#context.env)];
      const mend =
        form === '?' ? undefined : (didYouMean(name, known) ?? `set it, or give a default: \${${name}:-...}`);
      this.#context.faults.error(
        place,
        form === '?' && rest ? `${name}: ${rest}` : `variable ${name} is not set`,
        mend,
      );
      return '';
    }
    if (secret || isSecretVariable(name)) this.#hide(chosen);
    return chosen;
  }

  #lookup(name: string, place: Place): string | undefined {
    const own = nodeAt(this.#tree, ['vars', name]);
    if (own?.kind !== 'scalar') return this.#context.env[name];
    if (this.#open.includes(name)) {
      this.#context.faults.error(
        place,
        `variable ${name} needs itself: ${[...this.#open, name].join(' → ')}`,
        'give it a value of its own',
      );
      return '';
    }
    this.#open.push(name);
    const filled = this.#scalar(own, ['vars', name]);
    this.#open.pop();
    return filled.value === null ? '' : String(filled.value);
  }

  #varNames(): string[] {
    const vars = nodeAt(this.#tree, ['vars']);
    return vars?.kind === 'map' ? [...vars.entries.keys()] : [];
  }

  #file(path: string, place: Place): string {
    try {
      const text = readFileSync(resolve(place.source.folder, path), 'utf8').replace(/\r?\n$/, '');
      this.#hide(text);
      return text;
    } catch (error) {
      this.#context.faults.error(
        place,
        `cannot read ${path}: ${whyUnreadable(error)}`,
        'the path is relative to the job file',
      );
      return '';
    }
  }

  #hide(value: string): void {
    if (value !== '') this.#context.secrets.add(value);
  }
}

/** The place of a part of a scalar, where its text is written as it is; else of the whole. */
function partOf({ value, place }: ScalarTree, offset: number, length: number): Place {
  const written = place.source.text.slice(place.start, place.end);
  const inside = typeof value === 'string' ? written.indexOf(value) : -1;
  if (inside < 0) return place;
  const start = place.start + inside + offset;
  return { source: place.source, start, end: start + length };
}
