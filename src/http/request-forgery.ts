import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { StaffSession } from '../ports/staff.ts';

export const CSRF_HEADER = 'x-evenhand-csrf';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a change is refused because another site may have caused it; null when it is fine. The browser says where a request
 * comes from, and the page proves with the session's token that it could read an answer of ours.
 */
export function forgeryProblem(request: FastifyRequest, session: StaffSession | null): string | null {
  if (SAFE.has(request.method)) return null;
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, request.host)) return 'This request came from another site.';
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'This request came from another site.';
  if (session === null) return null;
  const token = request.headers[CSRF_HEADER];
  if (typeof token !== 'string' || !sameText(token, session.csrf))
    return `The header ${CSRF_HEADER} is missing or out of date. Reload the page and try again.`;
  return null;
}

function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  // Read with the same scheme, so that a default port said on one side only makes no difference.
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === from;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
