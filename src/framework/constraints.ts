import { RE2JS } from 're2js';
import type { Constraint } from '../job/resolved.ts';
import type { Attribute, Offer } from '../mesos/messages.generated.ts';

/** A constraint of an executor kind, ready to be held against offers. */
export interface AgentConstraint {
  /** `rack is r1` */
  readonly text: string;
  readonly attribute: string;
  /** Whether an agent with these values of the attribute will do, whoever else runs there. Empty: it has no such attribute. */
  readonly admits: (values: readonly string[]) => boolean;
  /** Executors of the kind that may be where the attribute has the same value; Infinity = any number. */
  readonly maxPer: number;
  /** All executors of the kind must be where the attribute has one value. */
  readonly alike: boolean;
}

export function compileConstraints(constraints: readonly Constraint[]): AgentConstraint[] {
  return constraints.map((constraint) => {
    const base = { attribute: constraint.attribute, text: textOf(constraint), maxPer: Infinity, alike: false };
    return { ...base, ...ruleOf(constraint) };
  });
}

type Rule = Pick<AgentConstraint, 'admits'> & Partial<AgentConstraint>;

const present = (values: readonly string[]): boolean => values.length > 0;

function ruleOf(constraint: Constraint): Rule {
  switch (constraint.operator) {
    case 'IS':
      return { admits: (values) => values.some((value) => constraint.values.includes(value)) };
    case 'LIKE': {
      const like = wholeMatch(constraint.pattern);
      return { admits: (values) => values.some(like) };
    }
    case 'UNLIKE': {
      const like = wholeMatch(constraint.pattern);
      return { admits: (values) => !values.some(like) };
    }
    case 'MAX_PER':
      return { admits: present, maxPer: constraint.count };
    case 'CLUSTER':
      return { admits: present, alike: true };
  }
}

function wholeMatch(pattern: string): (value: string) => boolean {
  const regex = RE2JS.compile(pattern);
  return (value) => regex.matches(value);
}

function textOf(constraint: Constraint): string {
  const { attribute } = constraint;
  switch (constraint.operator) {
    case 'IS':
      return `${attribute} is ${constraint.values.join(' or ')}`;
    case 'LIKE':
      return `${attribute} is like ${constraint.pattern}`;
    case 'UNLIKE':
      return `${attribute} is unlike ${constraint.pattern}`;
    case 'MAX_PER':
      return `at most ${constraint.count} for each ${attribute}`;
    case 'CLUSTER':
      return `all with the same ${attribute}`;
  }
}

/** Whether the agent is out of question, whatever else runs; then which constraint says so. */
export function forbidding(constraints: readonly AgentConstraint[], offer: Offer): AgentConstraint | undefined {
  return constraints.find(({ attribute, admits }) => !admits(valuesOf(offer, attribute)));
}

/** Whether one executor more may be there now. @param others `attributes` of the live executors of the kind */
export function crowding(
  constraints: readonly AgentConstraint[],
  offer: Offer,
  others: readonly Readonly<Record<string, string>>[],
): AgentConstraint | undefined {
  return constraints.find(({ attribute, maxPer, alike }) => {
    if (maxPer === Infinity && !alike) return false;
    const here = placeOf(offer, attribute);
    if (alike) return others.some((other) => other[attribute] !== here);
    return others.filter((other) => other[attribute] === here).length >= maxPer;
  });
}

/** What an executor started on this offer counts for. */
export function countedAttributes(
  constraints: readonly AgentConstraint[],
  offer: Offer,
): Readonly<Record<string, string>> {
  const counted = constraints.filter(({ maxPer, alike }) => alike || maxPer < Infinity);
  return Object.fromEntries(counted.map(({ attribute }) => [attribute, placeOf(offer, attribute)]));
}

const placeOf = (offer: Offer, attribute: string): string => valuesOf(offer, attribute).join();

/** The values of an attribute, as text; `hostname` is the agent's, `@region` and `@zone` are those of its fault domain. */
function valuesOf(offer: Offer, name: string): readonly string[] {
  const domain = offer.domain?.fault_domain;
  if (name === 'hostname') return [offer.hostname];
  if (name === '@region') return domain ? [domain.region.name] : [];
  if (name === '@zone') return domain ? [domain.zone.name] : [];
  return (offer.attributes ?? []).filter((attribute) => attribute.name === name).flatMap(textsOf);
}

function textsOf({ type, text, scalar, set, ranges }: Attribute): readonly string[] {
  switch (type) {
    case 'TEXT':
      return text ? [text.value] : [];
    case 'SCALAR':
      // Mesos keeps three decimals.
      return scalar ? [String(Math.round(scalar.value * 1000) / 1000)] : [];
    case 'SET':
      return set?.item ?? [];
    case 'RANGES':
      return (ranges?.range ?? []).map(({ begin, end }) => `${begin}-${end}`);
  }
}
