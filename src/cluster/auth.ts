import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What an executor's token says about its bearer: framework, executor and container. */
export interface ExecutorClaims {
  readonly fid: string;
  readonly eid: string;
  readonly cid: string;
}

/**
 * The principal of a Basic authorization whose password is `secret`, else `undefined`.
 * As in Mesos the decoded pair must have exactly one colon.
 */
export function basicPrincipal(authorization: string | undefined, secret: string): string | undefined {
  if (!authorization?.startsWith('Basic ')) return undefined;
  const pair = Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8').split(':');
  const [principal, password] = pair;
  if (pair.length !== 2 || principal === undefined || password === undefined) return undefined;
  return sameSecret(password, secret) ? principal : undefined;
}

/** An HS256 JSON Web Token that names its bearer. It has no expiry, as Mesos's has none: it dies with the secret. */
export function executorToken(claims: ExecutorClaims, secret: string): string {
  const body = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ ...claims })}`;
  return `${body}.${signature(body, secret)}`;
}

/** The claims of a Bearer authorization whose token this secret signed, else `undefined`. */
export function executorClaims(authorization: string | undefined, secret: string): ExecutorClaims | undefined {
  if (!authorization?.startsWith('Bearer ')) return undefined;
  const [header, payload, signed, more] = authorization.slice('Bearer '.length).split('.');
  if (!header || !payload || !signed || more !== undefined) return undefined;
  // Checked before the content is looked at; the algorithm is ours, whatever the header claims.
  if (!sameSecret(signed, signature(`${header}.${payload}`, secret))) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as ExecutorClaims; // we signed it
}

function signature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}

function base64url(value: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Compares digests, so that neither length nor content shows in the time taken. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
