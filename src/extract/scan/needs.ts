/** Whether reading forward can answer what a plan asks of its pages. */
import { parseSelection } from '../grammar.ts';
import type { CaseValue, Condition, ExtractorSpec, FieldSpec, FollowRule, SourceSpec } from '../spec.ts';
import { isScannable } from './scannable.ts';

/** Why a page must be made a tree; undefined when it need not. */
export function reasonForTree(extractors: readonly ExtractorSpec[], follow: readonly FollowRule[]): string | undefined {
  const needs = new Needs();
  for (const rule of follow) needs.rule(rule);
  for (const extractor of extractors) needs.extractor(extractor);
  return needs.tree;
}

class Needs {
  tree: string | undefined;
  /** A selector of what is taken out where we are. */
  #removed: string | undefined;

  selector(css: string): void {
    if (!isScannable(css)) this.#refuse(`the selector "${css}" cannot be decided reading forward`);
  }

  rule({ css }: FollowRule): void {
    this.selector(parseSelection(css).css.text);
  }

  extractor({ each, fields, follow, remove, when }: ExtractorSpec): void {
    for (const rule of follow) this.rule(rule);
    if (when !== undefined) this.#condition(when);
    this.#without(remove, () => {
      if (each !== undefined) this.selector(each);
      for (const { field } of fields) this.#field(field, each === undefined);
    });
  }

  /** @param ofPage the field is of the page, not of an element in it */
  #field(field: FieldSpec, ofPage: boolean): void {
    if (field.when !== undefined) this.#condition(field.when);
    this.#without(field.remove, () => {
      this.#source(field.source, ofPage);
    });
  }

  /** What is read where these are taken out. */
  #without(remove: readonly string[], read: () => void): void {
    for (const css of remove) this.selector(css);
    const outside = this.#removed;
    this.#removed = remove[0] ?? outside;
    read();
    this.#removed = outside;
  }

  #source(source: SourceSpec, ofPage: boolean): void {
    switch (source.kind) {
      case 'css':
        this.selector(source.css);
        if (source.css.trim() === '' && ofPage) this.#refuse('a field reads the whole page');
        if (source.read.kind === 'html') this.#markup();
        return;
      case 'from':
        if (source.name === 'text' && ofPage) this.#refuse('a field reads the text of the whole page');
        if (source.name === 'html') this.#markup();
        return;
      case 'context':
        if (ofPage) this.#refuse('a regex reads the text of the whole page');
        return;
      case 'meta':
      case 'const':
        return;
      case 'case':
        for (const { css, then } of source.branches) {
          this.selector(css);
          this.#caseValue(then, ofPage);
        }
        this.#caseValue(source.otherwise, ofPage);
        return;
      case 'first_of':
        for (const field of source.fields) this.#field(field, ofPage);
        return;
      case 'each':
      case 'object':
        this.selector(source.css);
        for (const { field } of source.fields) this.#field(field, ofPage && source.css.trim() === '');
        return;
    }
  }

  #caseValue(value: CaseValue, ofPage: boolean): void {
    if (value.kind === 'field') this.#field(value.field, ofPage);
  }

  #condition(condition: Condition): void {
    switch (condition.kind) {
      case 'css':
        this.selector(condition.css);
        return;
      case 'status':
        return;
      case 'not':
        this.#condition(condition.of);
        return;
      case 'all':
      case 'any':
        for (const one of condition.of) this.#condition(one);
        return;
    }
  }

  #markup(): void {
    if (this.#removed !== undefined) this.#refuse(`markup is read without "${this.#removed}"`);
  }

  #refuse(reason: string): void {
    this.tree ??= reason;
  }
}
