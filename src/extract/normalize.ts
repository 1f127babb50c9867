/** From extractors and follow rules as they were written to their long form, telling every fault on the way. */
import { messageOf } from '../lib/errors.ts';
import { compilePattern } from '../lib/pattern.ts';
import { didYouMean } from '../lib/suggest.ts';
import { changeMembers } from './change.ts';
import { below, fault, isMap, texts, warning, type At } from './normalize/at.ts';
import { normalizeCondition } from './normalize/condition.ts';
import { normalizeFields } from './normalize/field.ts';
import { normalizeSelection, normalizeSelector, normalizeSelectors } from './normalize/selectors.ts';
import type { ExtractorSpec, FollowRule } from './spec.ts';
import type { KeyPath, TellFault } from './types.ts';

/** What `follow: true` is short for. */
const ALL_LINKS = 'a[href]::attr(href)';

/**
 * @param written the value of `extractors`; kinds and names of keys are the schema's affair, everything else is checked here
 */
export function normalizeExtractors(written: unknown, tell: TellFault): ExtractorSpec[] {
  if (!isMap(written)) return [];
  return Object.entries(written).flatMap(([name, value]) => {
    const at: At = { path: ['extractors', name], tell };
    return isMap(value) ? [normalizeExtractor(name, value, at)] : [];
  });
}

function normalizeExtractor(name: string, written: Readonly<Record<string, unknown>>, at: At): ExtractorSpec {
  const fields = normalizeFields(written['fields'], below(at, 'fields'));
  const when = normalizeCondition(written['when'], below(at, 'when'));
  const each = written['each'] === undefined ? undefined : normalizeSelector(written['each'], below(at, 'each'));
  const key = written['key'];
  const names = isMap(written['fields']) ? Object.keys(written['fields']) : [];
  if (typeof key === 'string' && !names.includes(key)) {
    fault(below(at, 'key'), `key "${key}" is no field of ${name}`, didYouMean(key, names));
  }
  const change = written['change'] === true || isMap(written['change']);
  const isRequired = fields.some(({ name: field, field: { required } }) => field === key && required);
  if (change && typeof key === 'string' && names.includes(key) && !isRequired) {
    warning(
      below(at, 'key'),
      `records of ${name} without "${key}" cannot be told apart: each counts as new whenever its page is read`,
      `add required: true to "${key}"`,
    );
  }
  if (!['fields', 'follow', 'json', 'paginate'].some((part) => part in written)) {
    fault(at, `extractor "${name}" has neither fields nor follow`, 'add fields: { title: h1 }');
  }
  const ignore = normalizeIgnored(written['change'], name, names, below(at, 'change'));
  const invalid = written['invalid'];
  return {
    name,
    match: normalizePatterns(written['match'], below(at, 'match')),
    follow: normalizeFollow(written['follow'], [...at.path, 'follow'], at.tell),
    ...(when !== undefined && { when }),
    remove: normalizeSelectors(written['remove'], below(at, 'remove')),
    ...(each !== undefined && { each }),
    ...(typeof key === 'string' && { key }),
    meta: written['meta'] === true,
    invalid: invalid === 'keep' || invalid === 'fail' ? invalid : 'drop',
    ...(ignore !== undefined && {
      change: { ignore, members: changeMembers(typeof key === 'string', written['meta'] === true) },
    }),
    fields,
  };
}

/** Fields that `change` ignores; undefined when changes are not asked for. */
function normalizeIgnored(written: unknown, name: string, fields: readonly string[], at: At): string[] | undefined {
  if (written === true) return [];
  if (!isMap(written)) return undefined;
  const ignored = texts(written['ignore'], below(at, 'ignore'));
  for (const { text, at: place } of ignored) {
    if (!fields.includes(text)) fault(place, `${name} has no field "${text}"`, didYouMean(text, fields));
  }
  return ignored.map(({ text }) => text);
}

/** `true`, a selector, a rule, or a list of rules; nothing and `false` give no rules. */
export function normalizeFollow(written: unknown, path: KeyPath, tell: TellFault): FollowRule[] {
  const at: At = { path, tell };
  if (written === true) return [{ css: ALL_LINKS, allow: [], deny: [], priority: 0 }];
  if (Array.isArray(written)) {
    return written.flatMap((item: unknown, i) => normalizeFollow(item, [...path, i], tell));
  }
  if (typeof written === 'string') {
    const css = normalizeSelection(written, at);
    return css === undefined ? [] : [{ css, allow: [], deny: [], priority: 0 }];
  }
  if (!isMap(written)) return [];
  const selector = written['css'];
  const css = typeof selector === 'string' ? normalizeSelection(selector, below(at, 'css')) : ALL_LINKS;
  if (css === undefined) return [];
  return [
    {
      css,
      allow: normalizePatterns(written['allow'], below(at, 'allow')),
      deny: normalizePatterns(written['deny'], below(at, 'deny')),
      ...(typeof written['to'] === 'string' && { to: written['to'] }),
      priority: typeof written['priority'] === 'number' ? written['priority'] : 0,
    },
  ];
}

function normalizePatterns(written: unknown, at: At): string[] {
  return texts(written, at).flatMap(({ text, at: place }) => {
    try {
      compilePattern(text);
      return [text];
    } catch (error) {
      fault(place, messageOf(error));
      return [];
    }
  });
}
