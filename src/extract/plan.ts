/** The compiled extractors of a job: from a page to its records and links. */
import { compilePattern } from '../lib/pattern.ts';
import { parseFast, type Parse, type Parser, type Until } from './dom/document.ts';
import { compileExtractor } from './dom/extractor.ts';
import { loadHtml5 } from './dom/html5.ts';
import { baseOf, compileBase, compileLinkRule, compileNofollow } from './dom/links.ts';
import { Registry } from './dom/registry.ts';
import { pageScope } from './dom/scope.ts';
import { compileSelector, type Selector } from './dom/selector.ts';
import { firstsOf } from './firsts.ts';
import { judge } from './record.ts';
import type { Run } from './run.ts';
import { reasonForTree } from './scan/needs.ts';
import { scanFor } from './scan/scan.ts';
import type { ExtractorSpec, FollowRule } from './spec.ts';
import type { BackEnd, ExtractedLink, ExtractedRecord, Extraction, InvalidRecord, Page, Plan } from './types.ts';

export interface PlanOptions {
  readonly extractors: readonly ExtractorSpec[];
  /** The rules of the job, which hold on every page. */
  readonly follow: readonly FollowRule[];
  readonly parser: 'fast' | 'html5';
  /** Links with `rel=nofollow` are not followed. Default false. */
  readonly relNofollow?: boolean | undefined;
}

/** Asynchronous for the sake of the HTML5 parser, which is loaded only for jobs that ask for it. */
export async function compilePlan(options: PlanOptions): Promise<Plan> {
  const { extractors, parser } = options;
  if (parser === 'html5') {
    const html5 = await loadHtml5();
    return planWith(options, () => html5, { kind: 'dom', because: 'the html5 parser makes a tree' });
  }
  const backEnd = backEndFor(extractors);
  if (backEnd.kind === 'dom') return planWith(options, () => parseFast, backEnd);
  const trees = new Set(backEnd.kind === 'mixed' ? backEnd.trees.map(({ extractor }) => extractor) : []);
  return planWith(options, (names) => (names.some((name) => trees.has(name)) ? parseFast : scanFor), backEnd);
}

/**
 * A page is scanned or made a tree, never both: once there is a tree, what is read from it costs less than a scan beside it.
 * So only extractors that see other pages keep a scan when one of them needs the tree.
 */
function backEndFor(extractors: PlanOptions['extractors']): BackEnd {
  const trees = extractors.flatMap((spec) => {
    const because = reasonForTree(spec);
    return because === undefined ? [] : [{ extractor: spec.name, because, always: spec.match.length === 0 }];
  });
  const [first] = trees;
  if (first === undefined) return { kind: 'scan' };
  const always = trees.length === extractors.length ? first : trees.find((tree) => tree.always);
  if (always !== undefined) return { kind: 'dom', because: always.because };
  return { kind: 'mixed', trees: trees.map(({ extractor, because }) => ({ extractor, because })) };
}

/**
 * A plan that reads each page with the parser for the extractors that take it, by their names. It must find all that they,
 * and the rules of the job, ask for.
 */
export function planWith(
  { extractors, follow, relNofollow = false }: Pick<PlanOptions, 'extractors' | 'follow' | 'relNofollow'>,
  parserFor: (extractors: readonly string[]) => Parser,
  backEnd: BackEnd,
): Plan {
  const registry = new Registry();
  const compiled = extractors.map((spec) => ({
    spec,
    patterns: spec.match.map(compilePattern),
    extractor: compileExtractor(spec, registry),
    rules: spec.follow.map((rule) => compileLinkRule(rule, registry, relNofollow)),
    enough: compileFirsts(spec, registry),
  }));
  const jobRules = follow.map((rule) => compileLinkRule(rule, registry, relNofollow));
  const base = compileBase(registry);
  const nofollow = compileNofollow(registry);
  const sorter = registry.sorter();
  const parsers = new Map<Parser, Parse>();
  const parseWith = (parser: Parser): Parse => {
    let parse = parsers.get(parser);
    if (parse === undefined) parsers.set(parser, (parse = parser(sorter)));
    return parse;
  };

  const takes = ({ patterns }: (typeof compiled)[number], url: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => pattern(url));

  /** Undefined when the page must be read to its end. */
  const untilOf = (chosen: typeof compiled): Until | undefined => {
    const asked = chosen.map(({ enough }) => enough);
    if (!asked.every((one) => one !== undefined)) return undefined;
    return { firsts: asked.flatMap(({ firsts }) => firsts), base: asked.some((one) => one.base) ? base : undefined };
  };

  const extract = (page: Page): Extraction => {
    const chosen = compiled.filter((one) => (page.to === undefined ? takes(one, page.url) : one.spec.name === page.to));
    const parse = parseWith(parserFor(chosen.map(({ spec }) => spec.name)));
    const rules = [...jobRules, ...chosen.flatMap((one) => one.rules)];
    const scope = pageScope(parse(page.html, rules.length === 0 ? untilOf(chosen) : undefined));
    const run: Run = {
      page,
      context: { base: baseOf(base, scope, page.url), now: page.fetchedAt },
      trail: [],
      errors: [],
    };
    const records: ExtractedRecord[] = [];
    const invalid: InvalidRecord[] = [];
    const skipped: string[] = [];
    let failure: string | undefined;
    for (const { spec, extractor } of chosen) {
      if (!extractor.applies(scope, page)) {
        skipped.push(spec.name);
        continue;
      }
      for (const { value, errors } of extractor.records(scope, run)) {
        const judged = judge(spec, value, errors, page);
        if (judged.record !== undefined) records.push(judged.record);
        if (judged.invalid !== undefined) invalid.push(judged.invalid);
        if (spec.invalid === 'fail') failure ??= errors[0];
      }
    }
    const links: ExtractedLink[] = [];
    for (const rule of rules) links.push(...rule.links(scope, run));
    return {
      records,
      invalid,
      skipped,
      links,
      ...(failure !== undefined && { failure: `invalid record: ${failure}` }),
      nofollow: rules.length > 0 && nofollow(scope),
    };
  };

  return {
    extractors: extractors.map(({ name, fields }) => ({ name, fields: fields.map((field) => field.name) })),
    backEnd,
    matches: (url) => compiled.some((one) => takes(one, url)),
    extract,
  };
}

function compileFirsts(
  spec: ExtractorSpec,
  registry: Registry,
): { readonly firsts: readonly Selector[]; readonly base: boolean } | undefined {
  const asked = firstsOf(spec);
  return asked && { firsts: asked.firsts.map((css) => compileSelector(css, registry)), base: asked.base };
}
