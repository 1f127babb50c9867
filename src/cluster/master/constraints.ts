import { RE2JS } from 're2js';
import type {
  SchedulerAttributeConstraint,
  SchedulerAttributeConstraintPredicate,
  SchedulerOfferConstraints,
} from '../../mesos/messages.generated.ts';
import type { Agent } from './state.ts';

/**
 * Whether the offer constraints of a framework let the agent be offered to the role: some group of the role holds, or it has none.
 *
 * @see scheduler.proto, OfferConstraints
 */
export function admits(
  constraints: SchedulerOfferConstraints | undefined,
  role: string,
  agent: Pick<Agent, 'info' | 'attributes'>,
): boolean {
  const groups = constraints?.role_constraints?.[role]?.groups;
  if (!groups) return true;
  return groups.some((group) => (group.attribute_constraints ?? []).every((constraint) => holds(constraint, agent)));
}

/** What makes the constraints unusable, in Mesos's order: roles that are not the framework's, then expressions. */
export function constraintsFault(
  constraints: SchedulerOfferConstraints | undefined,
  roles: readonly string[],
): string | undefined {
  const perRole = constraints?.role_constraints ?? {};
  const foreign = Object.keys(perRole).find((role) => !roles.includes(role));
  if (foreign !== undefined)
    return `Offer constraints specify role '${foreign}' which is not among the framework's roles`;
  for (const { groups } of Object.values(perRole)) {
    for (const { predicate } of (groups ?? []).flatMap((group) => group.attribute_constraints ?? [])) {
      const regex = predicate.text_matches?.regex ?? predicate.text_not_matches?.regex;
      if (regex !== undefined && !compiles(regex))
        return `Offer constraints are not valid: bad regular expression '${regex}'`;
    }
  }
  return undefined;
}

function holds(
  { selector, predicate }: SchedulerAttributeConstraint,
  agent: Pick<Agent, 'info' | 'attributes'>,
): boolean {
  if (selector.pseudoattribute_type === 'HOSTNAME') return textHolds(predicate, agent.info.hostname);
  if (selector.attribute_name === undefined) return textHolds(predicate, undefined); // no agent here has a fault domain
  const attribute = agent.attributes.find(({ name }) => name === selector.attribute_name);
  if (!attribute) return textHolds(predicate, undefined);
  // Only text attributes are compared; others pass every predicate but "not exists".
  if (attribute.type !== 'TEXT') return !predicate.not_exists;
  return textHolds(predicate, attribute.text?.value ?? '');
}

function textHolds(predicate: SchedulerAttributeConstraintPredicate, text: string | undefined): boolean {
  if (predicate.exists) return text !== undefined;
  if (predicate.not_exists) return text === undefined;
  if (predicate.text_equals) return text === predicate.text_equals.value;
  if (predicate.text_not_equals) return text !== predicate.text_not_equals.value;
  if (predicate.text_matches) return text !== undefined && RE2JS.matches(predicate.text_matches.regex, text);
  if (predicate.text_not_matches) return text === undefined || !RE2JS.matches(predicate.text_not_matches.regex, text);
  return true;
}

function compiles(regex: string): boolean {
  try {
    RE2JS.compile(regex);
    return true;
  } catch {
    return false; // the message names the expression; why it is wrong is of no use to a program
  }
}
