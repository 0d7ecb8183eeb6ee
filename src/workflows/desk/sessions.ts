import type { StaffId } from '../../core/shared/brand.ts';
import { err, ok, type Result } from '../../core/shared/result.ts';
import type { Instant } from '../../core/shared/time.ts';
import type { AttemptStore, Credentials, SessionStore, StaffSession, StaffStore } from '../../ports/staff.ts';
import type { Clock } from '../../ports.ts';
import type { Refused } from './refused.ts';

export interface SessionDeps {
  readonly clock: Clock;
  readonly staff: StaffStore;
  readonly sessions: SessionStore;
  readonly attempts: AttemptStore;
  readonly credentials: Credentials;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A session nobody uses ends after this long, and every session ends after `SESSION_LENGTH`. */
export const IDLE_LENGTH = 12 * HOUR;
export const SESSION_LENGTH = 7 * 24 * HOUR;
/** How precisely it is remembered when a session was used, so that reading pages does not write. */
const TOUCH_EVERY = MINUTE;

const TRY_WINDOW = 15 * MINUTE;
/** Tries in `TRY_WINDOW`: few for one address, more for one caller, because an office shares one. */
const TRIES_PER_ADDRESS = 10;
const TRIES_PER_CALLER = 40;

/** A session just opened: the token goes into the cookie and is kept nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly session: StaffSession;
}

/**
 * Signs in by address and password; an earlier session of the same browser ends. An unknown address gets the same answer
 * after the same work as a wrong password.
 */
export async function signIn(
  deps: SessionDeps,
  asked: { email: string; password: string; caller: string; earlierToken: string | null },
): Promise<Result<OpenedSession, Refused>> {
  const address = deps.credentials.addressHash(asked.email);
  const limited = await admitTry(deps, [
    { hash: address, limit: TRIES_PER_ADDRESS },
    { hash: deps.credentials.callerHash(asked.caller), limit: TRIES_PER_CALLER },
  ]);
  if (limited !== null) return err(limited);
  const known = await deps.staff.findPassword({ email: asked.email });
  const right = await deps.credentials.verifyPassword(known?.passwordHash ?? null, asked.password);
  if (known === null || !right) {
    return err({ kind: 'wrong-credentials', message: 'The e-mail address or the password is not right.' });
  }
  await deps.attempts.forget(address);
  if (asked.earlierToken !== null) await deps.sessions.close(deps.credentials.tokenHash(asked.earlierToken));
  const now = deps.clock.now();
  await deps.sessions.removeEnded(now, before(now, IDLE_LENGTH));
  return ok(await openSession(deps, known.id));
}

/** Opens a session for somebody whose right to it has been established. */
export async function openSession(deps: SessionDeps, staff: StaffId): Promise<OpenedSession> {
  const { credentials, sessions, clock } = deps;
  const token = credentials.newToken();
  const tokenHash = credentials.tokenHash(token);
  const at = clock.now();
  const expiresAt = (at + SESSION_LENGTH) as Instant;
  await sessions.open({ tokenHash, csrf: credentials.newToken(), staff, at, expiresAt });
  const session = await sessions.find(tokenHash, at, before(at, IDLE_LENGTH));
  if (session === null) throw new Error('A session just opened is gone');
  return { token, expiresAt, session };
}

/** Who is behind a token; null when it opens nothing (any more). */
export async function sessionOf(deps: SessionDeps, token: string): Promise<StaffSession | null> {
  const now = deps.clock.now();
  const tokenHash = deps.credentials.tokenHash(token);
  const session = await deps.sessions.find(tokenHash, now, before(now, IDLE_LENGTH));
  if (session !== null && now - session.lastSeenAt >= TOUCH_EVERY) await deps.sessions.touch(tokenHash, now);
  return session;
}

export async function signOut(deps: SessionDeps, session: StaffSession): Promise<void> {
  await deps.sessions.close(session.tokenHash);
}

/** Sets a new password, ends every session of the person and opens a new one here. */
export async function changePassword(
  deps: SessionDeps,
  session: StaffSession,
  asked: { current: string; next: string },
): Promise<Result<OpenedSession, Refused>> {
  const limited = await admitTry(deps, [
    { hash: deps.credentials.addressHash(session.staff.email), limit: TRIES_PER_ADDRESS },
  ]);
  if (limited !== null) return err(limited);
  const known = await deps.staff.findPassword({ id: session.staff.id });
  if (!(await deps.credentials.verifyPassword(known?.passwordHash ?? null, asked.current))) {
    return err({ kind: 'invalid', field: 'current', message: 'is not your password' });
  }
  await deps.staff.setPassword(session.staff.id, await deps.credentials.hashPassword(asked.next));
  await deps.attempts.forget(deps.credentials.addressHash(session.staff.email));
  await deps.sessions.closeAll(session.staff.id);
  return ok(await openSession(deps, session.staff.id));
}

async function admitTry(deps: SessionDeps, subjects: Parameters<AttemptStore['admit']>[0]): Promise<Refused | null> {
  const now = deps.clock.now();
  const answer = await deps.attempts.admit(subjects, now, before(now, TRY_WINDOW));
  if (answer.admitted) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil((answer.oldest + TRY_WINDOW - now) / 1000));
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const message = `Too many tries. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
  return { kind: 'too-many', message, retryAfterSeconds };
}

const before = (at: Instant, milliseconds: number): Instant => (at - milliseconds) as Instant;
