import type { SourceSpec } from '../spec.ts';
import type { Run } from '../run.ts';
import { show } from '../show.ts';
import { fromMs, showDatetime } from '../transforms/dates.ts';
import type { Json } from '../types.ts';
import { elementOf, type Scope } from './scope.ts';
import { innerHtml, textOf } from './text.ts';

interface From {
  read(scope: Scope, run: Run): Json;
  missing(): string;
}

/** Facts about the page; `text` and `html` are those of the context. */
export function compileFrom({ name, header }: Extract<SourceSpec, { readonly kind: 'from' }>, list: boolean): From {
  const read = (scope: Scope, { page }: Run): Json => {
    switch (name) {
      case 'headers':
        return header === undefined ? { ...page.headers } : (page.headers[header] ?? null);
      case 'now':
        return showDatetime(fromMs(page.fetchedAt));
      case 'text':
        return textOf(scope.node, scope.removed);
      case 'html':
        // the page as it came, unless a part of it is asked for
        return elementOf(scope) === null && scope.removed === undefined
          ? page.html.whole
          : innerHtml(scope.node, scope.removed);
      case 'url':
      case 'seed':
      case 'depth':
      case 'status':
      case 'job':
      case 'task':
        return page[name];
    }
  };
  return {
    read: (scope, run) => {
      const value = read(scope, run);
      if (!list) return value;
      return value === null ? [] : [value];
    },
    missing: () => (header === undefined ? `the page has no ${name}` : `there is no header ${show(header)}`),
  };
}
