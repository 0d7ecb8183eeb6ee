import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from '../workflows/desk/sessions.ts';

export const SESSION_COOKIE = 'evenhand_session';

export function sessionToken(request: FastifyRequest): string | null {
  return request.cookies[SESSION_COOKIE] ?? null;
}

/** Out of reach of scripts and of other sites' requests; over https never sent in the clear. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, opened: OpenedSession): void {
  reply.setCookie(SESSION_COOKIE, opened.token, { ...attributes(request), expires: new Date(opened.expiresAt) });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, attributes(request));
}

function attributes(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' } as const;
}
