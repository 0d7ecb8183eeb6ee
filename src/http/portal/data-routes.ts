import { isUuid } from '../../core/shared/brand.ts';
import { askForOwnCode, redeemCode } from '../../workflows/portal/codes.ts';
import { heldData } from '../../workflows/portal/data-page.ts';
import { eraseCustomer } from '../../workflows/privacy/erase-customer.ts';
import { forgetSession } from './asking.ts';
import type { PortalDeps } from './deps.ts';
import { dataAsJson, dataAsPage } from './export.ts';
import { dataView, erasedView, eraseView, notErasedView } from './pages/data.ts';
import { tooManyPage } from './pages/simple.ts';
import { Download, nothingHere, type PortalRouter, Redirect, type SignedIn } from './router.ts';
import { words } from './visit.ts';

/**
 * A copy of everything held about a customer, and having it erased. Both need a code that went to their own address: a link can be
 * passed on, and a whole history should not be.
 */
export function dataRoutes({ page, form }: PortalRouter, deps: PortalDeps): void {
  const proved =
    <A extends SignedIn, R>(view: (asked: A) => Promise<R>) =>
    async (asked: A): Promise<R | Redirect> =>
      asked.session.level === 'code' ? view(asked) : new Redirect(`${asked.visit.base}/data`);

  const sendCode = ({ visit, session, request }: SignedIn) =>
    askForOwnCode(deps, visit.shop, session.customer, {
      caller: deps.credentials.callerHash(request.ip),
      language: visit.language,
    });

  page('/data', async ({ visit, session }) => {
    const shown = (await deps.store.ledger.shownOf(visit.shop.id, [session.customer])).get(session.customer);
    return dataView(visit, { hasAddress: shown?.email !== undefined });
  });

  page('/data/code', async ({ visit }) => new Redirect(`${visit.base}/data`));

  form('/data/code', async (asked) => {
    const { visit } = asked;
    const code = await sendCode(asked);
    if (code === null) return new Redirect(`${visit.base}/data`);
    if (code.ok) return new Redirect(`${visit.base}/code/${code.value.id}?next=data`);
    return code.error.kind === 'too-many'
      ? tooManyPage(visit, code.error.retryAfterSeconds)
      : new Redirect(`${visit.base}/data`);
  });

  const held = async ({ visit, session }: SignedIn) =>
    heldData(deps, visit.shop, session.customer, await deps.hearing.appealsOf(deps, visit.shop, session.customer));

  page(
    '/data/copy.json',
    proved(
      async (asked: SignedIn) =>
        new Download(
          'application/json; charset=utf-8',
          `${asked.visit.shop.slug}-my-data.json`,
          dataAsJson(asked.visit.shop, await held(asked)),
        ),
    ),
  );

  page(
    '/data/copy.html',
    proved(
      async (asked: SignedIn) =>
        new Download(
          'text/html; charset=utf-8',
          `${asked.visit.shop.slug}-my-data.html`,
          dataAsPage(asked.visit, await held(asked)),
        ),
    ),
  );

  page(
    '/data/erase',
    proved(async ({ visit }: SignedIn) => eraseView(visit, { code: null })),
  );
  page('/data/erase/code', async ({ visit }) => new Redirect(`${visit.base}/data/erase`));

  form(
    '/data/erase/code',
    proved(async (asked: SignedIn) => {
      const code = await sendCode(asked);
      if (code === null) return new Redirect(`${asked.visit.base}/data`);
      if (code.ok) return eraseView(asked.visit, { code: code.value.id });
      return code.error.kind === 'too-many'
        ? tooManyPage(asked.visit, code.error.retryAfterSeconds)
        : new Redirect(`${asked.visit.base}/data`);
    }),
  );

  form('/data/erase', async (asked) => {
    const { visit, session, request, reply, form: sent } = asked;
    if (session.level !== 'code') return new Redirect(`${visit.base}/data`);
    const id = sent.field('id');
    if (!isUuid(id)) return nothingHere(asked);
    const caller = deps.credentials.callerHash(request.ip);
    const customer = await redeemCode(deps, visit.shop, { id, code: sent.field('code'), caller });
    if (!customer.ok && customer.error.kind === 'too-many') return tooManyPage(visit, customer.error.retryAfterSeconds);
    if (!customer.ok || customer.value !== session.customer)
      return eraseView(visit, { code: id, faults: [{ field: 'code', message: words(visit, 'code.wrong') }] });
    const erased = await eraseCustomer(deps, visit.shop, session.customer);
    if (!erased.ok) return erased.error === 'unknown' ? nothingHere(asked) : notErasedView(visit, erased.error);
    forgetSession(visit.shop, request, reply);
    return erasedView({ ...visit, session: null });
  });
}
