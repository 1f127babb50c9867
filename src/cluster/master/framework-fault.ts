import type { FrameworkInfo, SchedulerOfferConstraints } from '../../mesos/messages.generated.ts';
import { constraintsFault } from './constraints.ts';
import { idFault } from './id-fault.ts';
import { hasCapability, rolesOf } from './state.ts';

const INT64_MAX_SECONDS = 2 ** 63 / 1e9; // a Duration is nanoseconds in an int64

/** Why a FrameworkInfo cannot subscribe, in Mesos's words, or `undefined`. */
export function frameworkFault(
  info: FrameworkInfo,
  suppressed: readonly string[],
  constraints: SchedulerOfferConstraints | undefined,
): string | undefined {
  const roles = rolesOf(info);
  const stranger = suppressed.find((role) => !roles.includes(role));
  const timeout = info.failover_timeout ?? 0;
  const badId = info.id && idFault(info.id.value);
  const badRoles = rolesFault(info);
  if (badRoles !== undefined) return badRoles;
  if (badId !== undefined) return `Framework ID '${info.id?.value ?? ''}' is invalid: ${badId}`;
  if (!(Math.abs(timeout) < INT64_MAX_SECONDS)) return `The framework failover_timeout (${timeout}) is invalid`;
  if (stranger !== undefined) return `Suppressed role '${stranger}' is not contained in the list of roles`;
  return constraintsFault(constraints, roles);
}

function rolesFault(info: FrameworkInfo): string | undefined {
  if (!hasCapability(info, 'MULTI_ROLE')) {
    if (info.roles?.length) return "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable";
    const fault = info.role === undefined ? undefined : roleFault(info.role);
    return fault && `'FrameworkInfo.role' is not a valid role: ${fault}`;
  }
  if (info.role !== undefined) return "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable";
  const roles = info.roles ?? [];
  const twice = roles.find((role, i) => roles.indexOf(role) < i);
  if (twice !== undefined) return `'FrameworkInfo.roles' contains duplicate items: ${twice}`;
  const fault = roles.map(roleFault).find((f) => f !== undefined);
  return fault && `'FrameworkInfo.roles' contains invalid roles: ${fault}`;
}

/** A role is "*", or a path of names. */
function roleFault(role: string): string | undefined {
  if (role === '*') return undefined;
  if (role === '') return 'Role names cannot be the empty string';
  if (role.startsWith('/')) return `Role '${role}' cannot start with a slash`;
  if (role.endsWith('/')) return `Role '${role}' cannot end with a slash`;
  if (role.includes('//')) return `Role '${role}' cannot contain two adjacent slashes`;
  for (const component of role.split('/')) {
    const invalid = `Role component '${component}' is invalid`;
    if (component === '.' || component === '..') return `${invalid} because it is a relative path`;
    if (component === '*') return `${invalid} because it is the wildcard`;
    if (component.startsWith('-')) return `${invalid} because it starts with a dash`;

    if (/[\x09-\x0d\x20\x7f]/.test(component)) return `${invalid} because it contains backspace or whitespace`;
  }
  return undefined;
}
