import type { CurrentSession } from '../../contracts/session.ts';
import type { StaffSession } from '../../ports/staff.ts';
import { type FirstRunDeps, setUp, setupNeeded } from '../../workflows/desk/first-run.ts';
import { changePassword, signIn, signOut } from '../../workflows/desk/sessions.ts';
import { addShop } from '../../workflows/desk/shops.ts';
import { refused } from '../problem.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../session-cookie.ts';
import type { RegisterRoute } from './route.ts';

const SMALL = { bodyLimit: 16_384 };

/** First visit, sign-in and -out, password, new shops. */
export function sessionRoutes(route: RegisterRoute, deps: FirstRunDeps): void {
  route('GET /api/setup', async () => ({ needed: await setupNeeded(deps) }));

  route(
    'POST /api/setup',
    async ({ body, request, reply }) => {
      const opened = await setUp(deps, body);
      if (!opened.ok) return refused(opened.error);
      setSessionCookie(request, reply, opened.value);
      return current(opened.value.session);
    },
    SMALL,
  );

  route('GET /api/session', async ({ session }) => current(session));

  route(
    'POST /api/session',
    async ({ body, request, reply }) => {
      const earlierToken = sessionToken(request);
      const opened = await signIn(deps, { ...body, caller: request.ip, earlierToken });
      if (!opened.ok) return refused(opened.error);
      setSessionCookie(request, reply, opened.value);
      return current(opened.value.session);
    },
    SMALL,
  );

  route('DELETE /api/session', async ({ session, request, reply }) => {
    await signOut(deps, session);
    clearSessionCookie(request, reply);
    return { ok: true };
  });

  route(
    'POST /api/session/password',
    async ({ session, body, request, reply }) => {
      const opened = await changePassword(deps, session, body);
      if (!opened.ok) return refused(opened.error);
      setSessionCookie(request, reply, opened.value);
      return current(opened.value.session);
    },
    SMALL,
  );

  route('POST /api/shops', async ({ session, body }) => {
    const made = await addShop(deps, session, body);
    return made.ok ? { slug: made.value.slug } : refused(made.error);
  });
}

function current(session: StaffSession): CurrentSession {
  return {
    staff: session.staff,
    csrf: session.csrf,
    shops: session.memberships.map(({ shop, role }) => ({
      slug: shop.slug,
      name: shop.name,
      currency: shop.currency,
      timeZone: shop.timeZone,
      languages: [...shop.languages],
      role,
    })),
  };
}
