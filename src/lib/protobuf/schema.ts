/** How the value of a field is written (`enum` as its number), or `message`. */
export type Kind =
  | 'string'
  | 'bytes'
  | 'bool'
  | 'double'
  | 'float'
  | 'int32'
  | 'uint32'
  | 'sint32'
  | 'int64'
  | 'uint64'
  | 'fixed32'
  | 'enum'
  | 'message';

/** @see https://protobuf.dev/programming-guides/encoding/#structure */
export const WIRE_TYPES: Readonly<Record<Kind, 0 | 1 | 2 | 5>> = {
  string: 2,
  bytes: 2,
  bool: 0,
  double: 1,
  float: 5,
  int32: 0,
  uint32: 0,
  sint32: 0,
  int64: 0,
  uint64: 0,
  fixed32: 5,
  enum: 0,
  message: 2,
};

export interface Field {
  readonly name: string;
  readonly id: number;
  readonly kind: Kind;
  readonly required: boolean;
  readonly repeated: boolean;
  /** Values of one block without tags; readers take both. */
  readonly packed: boolean;
  /** From strings to what `kind` says. */
  readonly map: boolean;
  /** As the definition names it; undefined when it names none. */
  readonly default: unknown;
  readonly deprecated: boolean;
  /** Of an enum: numbers by name. */
  readonly values: Readonly<Record<string, number>>;
  readonly names: ReadonlyMap<number, string>;
  /** Of a message; asked only for those. */
  readonly type: () => MessageType;
}

export interface MessageType {
  /** With its package: `mesos.v1.TaskInfo`. */
  readonly name: string;
  /** As the definition has them. */
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
  readonly byId: ReadonlyMap<number, Field>;
  /** By number, as they are written. */
  readonly ordered: readonly Field[];
}

export type Label = 'optional' | 'required' | 'repeated' | 'packed' | 'map';

/** A field as descriptors hold it; a type that is no scalar is the full name of another definition. */
export type FieldRow = readonly [
  name: string,
  id: number,
  type: string,
  label?: Label,
  options?: { readonly default?: unknown; readonly deprecated?: boolean },
];

/** Definitions by full name: a message is a list of fields, an enum its numbers by name. */
export type Descriptor = Readonly<Record<string, readonly FieldRow[] | Readonly<Record<string, number>>>>;

/** Definitions of `.proto` files, made ready one by one, when first asked for: a program uses few of Mesos's hundreds. */
export class Schema {
  readonly #text: string;
  readonly #types = new Map<string, MessageType>();
  #descriptor: Descriptor | undefined;

  /** @param text JSON of a {@link Descriptor} */
  constructor(text: string) {
    this.#text = text;
  }

  message(name: string): MessageType {
    let type = this.#types.get(name);
    if (!type) {
      const rows = this.#definition(name);
      if (!isMessage(rows)) throw new Error(`bug: ${name} is no message`);
      const fields = rows.map((row) => this.#field(row));
      type = {
        name,
        fields,
        byName: new Map(fields.map((field) => [field.name, field])),
        byId: new Map(fields.map((field) => [field.id, field])),
        ordered: [...fields].sort((a, b) => a.id - b.id),
      };
      this.#types.set(name, type);
    }
    return type;
  }

  #field([name, id, type, label = 'optional', options = {}]: FieldRow): Field {
    const of = type.includes('.') ? this.#definition(type) : undefined;
    const values = of && !isMessage(of) ? of : {};
    let message: MessageType | undefined;
    return {
      name,
      id,
      kind: of ? (isMessage(of) ? 'message' : 'enum') : (type as Kind), // by the generator, which knows no others
      required: label === 'required',
      repeated: label === 'repeated' || label === 'packed',
      packed: label === 'packed',
      map: label === 'map',
      default: options.default,
      deprecated: options.deprecated ?? false,
      values,
      names: new Map(Object.entries(values).map(([word, number]) => [number, word])),
      type: () => (message ??= this.message(type)),
    };
  }

  #definition(name: string): Descriptor[string] {
    const found = (this.#descriptor ??= JSON.parse(this.#text) as Descriptor)[name];
    if (!found) throw new Error(`bug: nothing defines ${name}`);
    return found;
  }
}

function isMessage(definition: Descriptor[string]): definition is readonly FieldRow[] {
  return Array.isArray(definition);
}
