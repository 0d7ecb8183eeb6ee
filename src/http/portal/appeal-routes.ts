import { MOST_ROUNDS } from '../../core/appeals/seconds.ts';
import { appealGround } from '../../core/events/appeals.ts';
import { type AppealId, type EventId, id, isUuid } from '../../core/shared/brand.ts';
import type { Instant } from '../../core/shared/time.ts';
import { customerRefusal, refusalWords } from '../../workflows/appeals/refusal.ts';
import type { AppealRefused, CustomerAppeal, CustomerRefusal } from '../../workflows/appeals/types.ts';
import { type DecisionPage, decisionPage } from '../../workflows/portal/decision-page.ts';
import { disputable } from '../../workflows/portal/disputable.ts';
import { standingPage } from '../../workflows/portal/standing-page.ts';
import type { PortalDeps } from './deps.ts';
import type { SentForm } from './forms.ts';
import type { FieldProblem } from './markup.ts';
import { type AppealForm, appealView, applyView, cannotView } from './pages/appeal.ts';
import { type FollowPage, followView } from './pages/follow.ts';
import { measureTitle } from './pages/measures.ts';
import { nothingHere, type PortalRouter, Redirect, type SignedIn } from './router.ts';
import { type Visit, words } from './visit.ts';

/** Filing appeals and applications, following them, answering questions about them, and taking them back. */
export function appealRoutes({ page, form, upload }: PortalRouter, deps: PortalDeps): void {
  /** The decision an address is about, with what a form about it shows. */
  const about = async ({ visit, session, param }: SignedIn) => {
    const found = await decisionPage(deps, visit.shop, session.customer, param('measure'));
    if (found === null) return null;
    const [may, things] = await Promise.all([
      deps.hearing.mayFile(deps, visit.shop, session.customer, found.measure.id),
      disputable(deps, visit.shop, session.customer, found.measure),
    ]);
    if (may === null) return null;
    const { answerWithin } = found.policy.compiled.policy.procedure;
    return { may, page: { ...found, things, answerWithin } };
  };

  const said = (visit: Visit, refused: AppealRefused): string => refusalWords(visit.language, visit.shop, refused);
  const cannot = (visit: Visit, found: DecisionPage, refused: AppealRefused) =>
    cannotView(visit, said(visit, refused), found.measure.id);

  page('/decisions/:measure/appeal', async (asked) => {
    const found = await about(asked);
    if (found === null) return nothingHere(asked);
    const { why, until } = found.may.appeal;
    return why === null
      ? appealView(asked.visit, found.page, found.may)
      : cannot(asked.visit, found.page, foreseen(why, { until }));
  });

  page('/decisions/:measure/apply', async (asked) => {
    const found = await about(asked);
    if (found === null) return nothingHere(asked);
    const { why, from } = found.may.application;
    return why === null ? applyView(asked.visit, found.page) : cannot(asked.visit, found.page, foreseen(why, { from }));
  });

  upload('/decisions/:measure/appeal', async (asked) => {
    const { visit, session, form: sent } = asked;
    const found = await about(asked);
    if (found === null) return nothingHere(asked);
    const given = formOf(sent);
    const ground = appealGround.safeParse(given.ground);
    const fault = (problem: FieldProblem) => appealView(visit, found.page, found.may, given, [problem]);
    if (!ground.success) return fault({ field: 'ground', message: words(visit, 'errors.ground') });
    if (sent.refused !== null) return fault({ field: 'files', message: said(visit, sent.refused) });
    const filed = await deps.hearing.fileAppeal(deps, visit.shop, session.customer, {
      measure: found.page.measure.id,
      type: 'appeal',
      ground: ground.data,
      text: given.text,
      disputed: given.disputed.filter(isUuid).map((each) => id<EventId>(each)),
      files: sent.files,
      language: visit.language.code,
    });
    if (filed.ok) return new Redirect(`${visit.base}/appeals/${filed.value.appeal}?done=filed`);
    const { error } = filed;
    if (error.kind === 'invalid') return fault({ field: error.field, message: said(visit, error) });
    // What is missing can be added here: nobody should have to write it all again.
    if (error.why === 'nothing-new') return fault({ field: 'files', message: said(visit, error) });
    return cannot(visit, found.page, error);
  });

  upload('/decisions/:measure/apply', async (asked) => {
    const { visit, session, form: sent } = asked;
    const found = await about(asked);
    if (found === null) return nothingHere(asked);
    const given = formOf(sent);
    const fault = (problem: FieldProblem) => applyView(visit, found.page, given, [problem]);
    if (sent.refused !== null) return fault({ field: 'files', message: said(visit, sent.refused) });
    const filed = await deps.hearing.fileAppeal(deps, visit.shop, session.customer, {
      measure: found.page.measure.id,
      type: 'application',
      ground: 'changed_behaviour',
      text: given.text,
      disputed: [],
      files: sent.files,
      language: visit.language.code,
    });
    if (filed.ok) return new Redirect(`${visit.base}/appeals/${filed.value.appeal}?done=filed`);
    const { error } = filed;
    return error.kind === 'invalid'
      ? fault({ field: error.field, message: said(visit, error) })
      : cannot(visit, found.page, error);
  });

  const followed = async ({ visit, session, param }: SignedIn): Promise<Omit<FollowPage, 'done'> | null> => {
    const wanted = param('appeal');
    const appeal = (await deps.hearing.appealsOf(deps, visit.shop, session.customer)).find(
      (each) => each.appeal.id === wanted,
    );
    if (appeal === undefined) return null;
    return { appeal, now: deps.clock.now(), ...(await resultsOf(deps, visit, session.customer, appeal)) };
  };

  page('/appeals/:appeal', async (asked) => {
    const found = await followed(asked);
    if (found === null) return nothingHere(asked);
    const done = asked.query('done');
    return followView(asked.visit, { ...found, done: done === 'filed' || done === 'answered' ? done : null });
  });

  page(
    '/appeals/:appeal/answer',
    async ({ visit, param }) => new Redirect(`${visit.base}/appeals/${encodeURIComponent(param('appeal'))}`),
  );

  upload('/appeals/:appeal/answer', async (asked) => {
    const { visit, session, form: sent } = asked;
    const found = await followed(asked);
    if (found === null) return nothingHere(asked);
    const text = sent.field('text');
    const fault = (problem: FieldProblem) => followView(visit, { ...found, done: null }, { text, faults: [problem] });
    if (sent.refused !== null) return fault({ field: 'files', message: said(visit, sent.refused) });
    const appeal = id<AppealId>(found.appeal.appeal.id);
    const given = await deps.hearing.giveInformation(deps, visit.shop, session.customer, appeal, {
      text,
      files: sent.files,
    });
    if (given.ok) return new Redirect(`${visit.base}/appeals/${appeal}?done=answered`);
    const { error } = given;
    return error.kind === 'invalid'
      ? fault({ field: error.field, message: said(visit, error) })
      : cannotView(visit, said(visit, error), found.appeal.appeal.measure);
  });

  page(
    '/appeals/:appeal/withdraw',
    async ({ visit, param }) => new Redirect(`${visit.base}/appeals/${encodeURIComponent(param('appeal'))}`),
  );

  form('/appeals/:appeal/withdraw', async (asked) => {
    const { visit, session } = asked;
    const found = await followed(asked);
    if (found === null) return nothingHere(asked);
    const { id: appeal, measure } = found.appeal.appeal;
    const withdrawn = await deps.hearing.withdrawAppeal(deps, visit.shop, session.customer, appeal);
    return withdrawn.ok
      ? new Redirect(`${visit.base}/appeals/${appeal}`)
      : cannotView(visit, said(visit, withdrawn.error), measure);
  });
}

const formOf = (sent: SentForm): AppealForm => ({
  ground: sent.field('ground'),
  disputed: sent.all('disputed').slice(0, 200),
  text: sent.field('text'),
});

/** A refusal that was foreseen before anything was filed, with whatever its words may need. */
function foreseen(
  why: CustomerRefusal,
  known: { readonly until?: Instant; readonly from?: Instant | null },
): AppealRefused {
  const { until, from } = known;
  return customerRefusal(why, {
    count: MOST_ROUNDS,
    ...(until === undefined ? {} : { until }),
    ...(from === undefined || from === null ? {} : { from }),
  });
}

/** What a decision about an appeal did, by the names of the measures, and the letters about it. */
async function resultsOf(
  deps: PortalDeps,
  visit: Visit,
  customer: SignedIn['session']['customer'],
  { appeal, results }: CustomerAppeal,
): Promise<Pick<FollowPage, 'titles' | 'notices'>> {
  const notices = (await deps.store.notices.of(visit.shop.id, customer, MOST_NOTICES)).filter(
    (notice) => notice.appeal === appeal.id,
  );
  if (results.length === 0) return { titles: new Map(), notices };
  const { measures } = await standingPage(deps, visit.shop, customer);
  return {
    titles: new Map(
      measures.map(({ measure, policy }) => [measure.id, measureTitle(visit, measure, policy.compiled.policy)]),
    ),
    notices,
  };
}

const MOST_NOTICES = 200;
