import { id, isUuid, type ObjectionId } from '../../core/shared/brand.ts';
import type { ObjectionRecord } from '../../ports/objections.ts';
import { refusalWords } from '../../workflows/appeals/refusal.ts';
import type { AppealRefused } from '../../workflows/appeals/types.ts';
import { fileObjection, withdrawObjection } from '../../workflows/objections/file-objection.ts';
import { objectionWords } from '../../workflows/objections/objection-words.ts';
import { type BoundMeasure, boundHere } from '../../workflows/portal/bound-here.ts';
import type { PortalDeps } from './deps.ts';
import type { FieldProblem } from './markup.ts';
import { cannotObjectView, objectionView, objectView } from './pages/objection.ts';
import { nothingHere, type PortalRouter, Redirect, type SignedIn } from './router.ts';
import type { Visit } from './visit.ts';

/** Saying that another account is not theirs, following it, and taking it back. */
export function objectionRoutes({ page, form }: PortalRouter, deps: PortalDeps): void {
  const about = async ({ visit, session, param }: SignedIn): Promise<BoundMeasure | null> => {
    const bound = await boundHere(deps, visit.shop, session.customer, deps.clock.now());
    return bound.find(({ measure }) => measure.id === param('measure')) ?? null;
  };
  const answerWithin = async ({ visit }: SignedIn) =>
    (await deps.policies.inForce(visit.shop.id)).compiled.policy.procedure.answerWithin;
  const said = (visit: Visit, refused: AppealRefused): string => refusalWords(visit.language, visit.shop, refused);
  const own = async ({ visit, session, param }: SignedIn): Promise<ObjectionRecord | null> => {
    const wanted = param('objection');
    if (!isUuid(wanted)) return null;
    const found = await deps.store.objections.one(visit.shop.id, id<ObjectionId>(wanted));
    return found?.customer === session.customer ? found : null;
  };

  page('/bound/:measure/object', async (asked) => {
    const bound = await about(asked);
    if (bound === null) return nothingHere(asked);
    if (!bound.mayObject && bound.objection !== null)
      return new Redirect(`${asked.visit.base}/objections/${bound.objection.id}`);
    return objectView(asked.visit, bound, await answerWithin(asked));
  });

  form('/bound/:measure/object', async (asked) => {
    const { visit, session, form: sent } = asked;
    const bound = await about(asked);
    if (bound === null) return nothingHere(asked);
    const text = sent.field('text');
    const filed = await fileObjection(deps, visit.shop, session.customer, {
      measure: bound.measure.id,
      text,
      language: visit.language.code,
    });
    if (filed.ok) return new Redirect(`${visit.base}/objections/${filed.value.objection}`);
    const { error } = filed;
    const message = said(visit, error);
    if (error.kind !== 'invalid') return cannotObjectView(visit, message);
    const faults: readonly FieldProblem[] = [{ field: error.field, message }];
    return objectView(visit, bound, await answerWithin(asked), { text, faults });
  });

  page('/objections/:objection', async (asked) => {
    const found = await own(asked);
    if (found === null) return nothingHere(asked);
    const words = (await objectionWords(deps.store, asked.visit.shop, found.customer, [found.id])).get(found.id);
    return words === undefined ? nothingHere(asked) : objectionView(asked.visit, found, words, deps.clock.now());
  });

  page(
    '/objections/:objection/withdraw',
    async ({ visit, param }) => new Redirect(`${visit.base}/objections/${encodeURIComponent(param('objection'))}`),
  );

  form('/objections/:objection/withdraw', async (asked) => {
    const { visit, session } = asked;
    const found = await own(asked);
    if (found === null) return nothingHere(asked);
    const withdrawn = await withdrawObjection(deps, visit.shop, session.customer, found.id);
    return withdrawn.ok
      ? new Redirect(`${visit.base}/objections/${found.id}`)
      : cannotObjectView(visit, said(visit, withdrawn.error));
  });
}
