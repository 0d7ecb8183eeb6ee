import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { normaliseEmail } from '../../core/identity/email.ts';
import type { IssuedNotice } from '../../core/notices/types.ts';
import { askForCode, askForOwnCode, CODE_MINUTES, enterWithCode } from '../../workflows/portal/codes.ts';
import { aboutUsedLink, enterByLink, lookAtLink, ownerOfUsedLink } from '../../workflows/portal/enter-by-link.ts';
import { leavePortal } from '../../workflows/portal/sessions.ts';
import { forgetSession, portalToken, rememberSession } from './asking.ts';
import type { PortalDeps } from './deps.ts';
import type { FieldProblem } from './markup.ts';
import { tooManyPage } from './pages/simple.ts';
import { codePage, openPage, overLinkPage, usedLinkPage, wayInPage } from './pages/way-in.ts';
import { type PortalRouter, Redirect } from './router.ts';
import { type Visit, words } from './visit.ts';

/** How long asking for a code takes, whoever asks: longer than the work, so that time tells nobody who is a customer. */
export const CODE_ANSWER_MS = 300;

/** Where a code leads to, and whether it went to the address on file. */
const NEXT: Readonly<Record<string, { readonly path: string; readonly toFile: boolean }>> = {
  '': { path: '/standing', toFile: false },
  link: { path: '/standing', toFile: true },
  data: { path: '/data', toFile: true },
};

/** Ways in and out: order number and address, one-time codes, links from notices. */
export function accessRoutes({ open, openForm, form }: PortalRouter, deps: PortalDeps): void {
  const callerOf = (request: FastifyRequest) => deps.credentials.callerHash(request.ip);

  open('/', async ({ visit, query }) => {
    if (visit.session !== null && query('again') === '') return new Redirect(`${visit.base}/standing`);
    const note = query('left') !== '' ? 'signedOut' : query('first') !== '' ? 'first' : null;
    return wayInPage(visit, undefined, [], note);
  });

  openForm('/', async ({ visit, request, form }) => {
    const asked = { order: form.field('order').trim().slice(0, 120), email: form.field('email').trim().slice(0, 254) };
    const faults = wayInFaults(visit, asked);
    if (faults.length > 0) return wayInPage(visit, asked, faults);
    const [code] = await Promise.all([
      askForCode(deps, visit.shop, { ...asked, caller: callerOf(request), language: visit.language }),
      wait(CODE_ANSWER_MS),
    ]);
    if (code.ok) return new Redirect(`${visit.base}/code/${code.value.id}`);
    return code.error.kind === 'too-many' ? tooManyPage(visit, code.error.retryAfterSeconds) : wayInPage(visit, asked);
  });

  const codeView = (visit: Visit, id: string, next: string, faults: readonly FieldProblem[] = []) =>
    codePage(
      visit,
      {
        id: encodeURIComponent(id),
        next: next in NEXT && next !== '' ? `?next=${next}` : '',
        toFile: NEXT[next]?.toFile ?? false,
        minutes: CODE_MINUTES,
      },
      faults,
    );

  open('/code/:id', async ({ visit, param, query }) => codeView(visit, param('id'), query('next')));

  openForm('/code/:id', async ({ visit, request, reply, param, query, form }) => {
    const [id, next] = [param('id'), query('next')];
    const code = form.field('code').replace(/[\s-]/g, '');
    if (!/^\d{6}$/.test(code) || !UUID.test(id))
      return codeView(visit, id, next, [{ field: 'code', message: words(visit, 'errors.code') }]);
    const earlierToken = portalToken(request);
    const opened = await enterWithCode(deps, visit.shop, { id, code, caller: callerOf(request), earlierToken });
    if (opened.ok) {
      rememberSession(visit.shop, request, reply, opened.value);
      return new Redirect(`${visit.base}${NEXT[next]?.path ?? '/standing'}`);
    }
    return opened.error.kind === 'too-many'
      ? tooManyPage(visit, opened.error.retryAfterSeconds)
      : codeView(visit, id, next, [{ field: 'code', message: words(visit, 'code.wrong') }]);
  });

  open('/open/:token', async ({ visit, param }) => {
    const token = param('token');
    const state = await lookAtLink(deps, visit.shop.id, token);
    if (state === 'over') return overLinkPage(visit);
    // Who opens the message again in the browser that remembers them just reads on.
    const again =
      state === 'used' && visit.session !== null
        ? await aboutUsedLink(deps, visit.shop.id, token, visit.session.customer)
        : undefined;
    if (again !== undefined) return new Redirect(`${visit.base}${pageAbout(again)}`);
    return state === 'used' ? usedLinkPage(visit, token) : openPage(visit, token);
  });

  openForm('/open/:token', async ({ visit, request, reply, param }) => {
    const token = param('token');
    const entered = await enterByLink(deps, visit.shop.id, token, portalToken(request));
    if (entered === 'over') return overLinkPage(visit);
    if (entered === 'used') return usedLinkPage(visit, token);
    rememberSession(visit.shop, request, reply, entered.opened);
    return new Redirect(`${visit.base}${pageAbout(entered.about)}`);
  });

  open(
    '/open/:token/code',
    async ({ visit, param }) => new Redirect(`${visit.base}/open/${encodeURIComponent(param('token'))}`),
  );

  openForm('/open/:token/code', async ({ visit, request, param }) => {
    const customer = await ownerOfUsedLink(deps, visit.shop.id, param('token'));
    if (customer === null) return overLinkPage(visit);
    const code = await askForOwnCode(deps, visit.shop, customer, {
      caller: callerOf(request),
      language: visit.language,
    });
    if (code === null) return new Redirect(visit.base);
    if (code.ok) return new Redirect(`${visit.base}/code/${code.value.id}?next=link`);
    return code.error.kind === 'too-many' ? tooManyPage(visit, code.error.retryAfterSeconds) : overLinkPage(visit);
  });

  form('/leave', async ({ visit, request, reply }) => {
    const token = portalToken(request);
    if (token !== null) await leavePortal(deps, visit.shop.id, token);
    forgetSession(visit.shop, request, reply);
    return new Redirect(`${visit.base}?left=1`);
  });
}

/** The page that a notice was about. */
function pageAbout(notice: IssuedNotice | null): string {
  if (notice === null) return '/standing';
  if (notice.appeal !== null) return `/appeals/${notice.appeal}`;
  return notice.measure === null ? '/standing' : `/decisions/${notice.measure}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function wayInFaults(visit: Visit, asked: { readonly order: string; readonly email: string }): readonly FieldProblem[] {
  return [
    ...(asked.order === '' ? [{ field: 'order', message: words(visit, 'errors.order') }] : []),
    ...(normaliseEmail(asked.email) === null ? [{ field: 'email', message: words(visit, 'errors.email') }] : []),
  ];
}
