import { nextSteps } from '../law/answers.ts';
import { say } from '../shared/words.ts';
import type { Setting } from './facts.ts';
import { link, paragraph, type Section, section } from './write.ts';

/** Where a customer can turn besides the shop, by jurisdiction. `after`: the shop has had its last word. */
export function elsewhereSection({ language, law }: Setting, after = false): Section | null {
  const bodies = nextSteps(law);
  if (bodies.length === 0 && !after) return null;
  return section('elsewhere', say(language, 'notices.title.elsewhere'), [
    bodies.length === 0
      ? null
      : paragraph(say(language, after ? 'notices.elsewhere.after' : 'notices.elsewhere.intro')),
    ...bodies.flatMap(({ name, sentence, url }) => [
      link(name, url),
      paragraph(say(language, `law.bodies.${sentence}`)),
    ]),
    after ? paragraph(say(language, 'notices.elsewhere.court')) : null,
  ]);
}
