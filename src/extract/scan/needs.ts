/** Whether reading forward can answer what a plan asks of its pages. Only markup may need the nodes of a tree. */
import type { CaseValue, ExtractorSpec, FieldSpec, SourceSpec } from '../spec.ts';

/** Why a page must be made a tree; undefined when it need not. */
export function reasonForTree({ each, fields, remove }: ExtractorSpec): string | undefined {
  return ofFields(fields, { ofPage: each === undefined, removed: remove[0] });
}

interface Place {
  /** The field is of the page, not of an element in it. */
  readonly ofPage: boolean;
  /** A selector of what is taken out where we are. */
  readonly removed: string | undefined;
}

function ofFields(fields: readonly { readonly field: FieldSpec }[], at: Place): string | undefined {
  return firstReason(fields, ({ field }) => ofField(field, at));
}

function ofField({ remove, source }: FieldSpec, { ofPage, removed }: Place): string | undefined {
  return ofSource(source, { ofPage, removed: remove[0] ?? removed });
}

function ofSource(source: SourceSpec, at: Place): string | undefined {
  switch (source.kind) {
    case 'css':
      return source.read.kind === 'html'
        ? ofMarkup({ ...at, ofPage: at.ofPage && source.css.trim() === '' })
        : undefined;
    case 'from':
      return source.name === 'html' ? ofMarkup({ ...at, ofPage: false }) : undefined;
    case 'case':
      return firstReason(source.branches, ({ then }) => ofCaseValue(then, at)) ?? ofCaseValue(source.otherwise, at);
    case 'first_of':
      return firstReason(source.fields, (field) => ofField(field, at));
    case 'each':
    case 'object':
      return ofFields(source.fields, { ...at, ofPage: at.ofPage && source.css.trim() === '' });
    case 'context':
    case 'meta':
    case 'const':
      return undefined;
  }
}

function ofCaseValue(value: CaseValue, at: Place): string | undefined {
  return value.kind === 'field' ? ofField(value.field, at) : undefined;
}

function ofMarkup({ ofPage, removed }: Place): string | undefined {
  if (removed !== undefined) return `markup is read without "${removed}"`;
  return ofPage ? 'a field reads the markup of the whole page' : undefined;
}

function firstReason<T>(all: readonly T[], reasonOf: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const reason = reasonOf(one);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
