import type { AppealType } from '../events/appeals.ts';
import type { Instant } from '../shared/time.ts';
import { say } from '../shared/words.ts';
import type { MeasureFacts, Setting } from './facts.ts';
import { dayOf, obligationList, rightsInWords, surfacesOf, toldRules } from './parts.ts';
import type { NoticeDocument } from './types.ts';
import { document, isolate, link, list, paragraph, plain, section } from './write.ts';

const SAY = ['calm', 'notice', 'appeal', 'help', 'write'] as const;
const NOT = ['promise', 'accuse', 'others', 'tricks'] as const;

/**
 * To the team after a block: what was decided, what to say when the customer calls and what not, which rights stay, and where the
 * notice is. `customer`: by which name or number the team knows them; null where nothing is known.
 */
export function teamBlocked(setting: Setting, facts: MeasureFacts, customer: string | null): NoticeDocument {
  const { language } = setting;
  const { measure } = facts;
  const rules = toldRules(setting, facts);
  const date = dayOf(setting, facts.appealUntil);
  const sentences = (keys: readonly string[], path: string) =>
    list(keys.map((key) => [plain(say(language, `notices.team.blocked.${path}.${key}`, { date }))]));
  return document(
    'team.blocked',
    language,
    say(language, 'notices.subject.team.blocked'),
    say(language, 'notices.team.blocked.lead', {
      customer: customer === null ? say(language, 'notices.team.blocked.unnamed') : isolate(customer),
      surfaces: surfacesOf(language, measure),
      until: dayOf(setting, measure.until),
    }),
    [
      section('decision', say(language, 'notices.title.team.decided'), [
        obligationList(language, measure),
        paragraph(say(language, rules.length === 0 ? 'notices.team.blocked.staff' : 'notices.team.blocked.rules')),
        rules.length === 0
          ? null
          : list(rules.map(({ title, because }) => [title, ...(because === null ? [] : [because])])),
      ]),
      section('team', say(language, 'notices.title.team.say'), [
        sentences(SAY, 'say'),
        paragraph(say(language, 'notices.team.blocked.threat')),
      ]),
      section('team', say(language, 'notices.title.team.not'), [sentences(NOT, 'not')]),
      section('stays', say(language, 'notices.title.team.stays'), [
        list(rightsInWords(setting).map((text) => [plain(text)])),
      ]),
      section('next', say(language, 'notices.title.team.where'), [
        link(say(language, 'notices.team.blocked.customer'), 'console:customer', true),
        link(say(language, 'notices.team.blocked.notice'), 'console:notice'),
      ]),
    ],
  );
}

/** To the team when an appeal has come in: by when it must be answered, and by whom. */
export function teamAppealFiled(
  setting: Setting,
  facts: { readonly type: AppealType; readonly dueAt: Instant; readonly othersCanHear: boolean },
): NoticeDocument {
  const { language } = setting;
  const date = dayOf(setting, facts.dueAt);
  return document(
    'team.appeal_filed',
    language,
    say(language, 'notices.subject.team.appeal', { date }),
    say(language, `notices.team.appeal.lead.${facts.type}`, { date }),
    [
      section('team', null, [
        facts.type === 'appeal' && facts.othersCanHear ? paragraph(say(language, 'notices.team.appeal.other')) : null,
        link(say(language, 'notices.team.appeal.link'), 'console:appeal', true),
      ]),
    ],
  );
}

/**
 * To the team, of an order that waits for one of them. `held`: the shop's system holds it, for so many hours by now; false: it should, and
 * could not. `order`: by which name people know it.
 */
export function teamOrderHeld(
  setting: Setting,
  facts: { readonly order: string; readonly held: boolean; readonly hours: number },
): NoticeDocument {
  const { language } = setting;
  const order = isolate(facts.order);
  const how = facts.held ? 'held' : 'notHeld';
  return document(
    'team.order_held',
    language,
    say(language, `notices.subject.team.${how}`, { order: facts.order }),
    say(language, `notices.team.order.lead.${how}`, { order, count: facts.hours }),
    [
      section('team', null, [
        paragraph(say(language, `notices.team.order.todo.${how}`)),
        link(say(language, 'notices.team.order.link'), 'console:customer', true),
      ]),
    ],
  );
}
