import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Access } from '../contracts/routes.ts';
import type { Membership, StaffSession } from '../ports/staff.ts';
import { type SessionDeps, sessionOf } from '../workflows/desk/sessions.ts';
import { permission } from './access.ts';
import { problem, sendProblem } from './problem.ts';
import { forgeryProblem } from './request-forgery.ts';
import { sessionToken } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard before anything else happens to a console request. */
    asking: { session: StaffSession | null; membership: Membership | null } | null;
  }
}

/** Lets a request of the console through, or answers it, before its body is read. */
export function guard(deps: SessionDeps, access: Access): onRequestAsyncHookHandler {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const token = sessionToken(request);
    const session = token === null ? null : await sessionOf(deps, token);
    const { shop } = request.params as { shop?: string };
    const membership = session?.memberships.find((each) => each.shop.slug === shop) ?? null;
    request.asking = { session, membership };
    const answer = permission(access, { session, membership });
    if (!answer.permitted) return sendProblem(reply, problem(answer.status, answer.why));
    const forged = forgeryProblem(request, access === 'public' ? null : session);
    if (forged !== null) return sendProblem(reply, problem(403, forged));
    reply.header('cache-control', 'no-store');
    return undefined;
  };
}

/** The session of a request that the guard let through as signed in. */
export function signedIn(request: FastifyRequest): StaffSession {
  const session = request.asking?.session;
  if (session === null || session === undefined) throw new Error('A route for signed-in staff ran without a session');
  return session;
}

/** The shop and role of a request that the guard let through for a shop. */
export function working(request: FastifyRequest): Membership {
  const membership = request.asking?.membership;
  if (membership === null || membership === undefined) throw new Error('A route of a shop ran without its staff');
  return membership;
}
