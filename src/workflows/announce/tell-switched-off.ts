import { renderHtml } from '../../core/notices/html.ts';
import { renderText } from '../../core/notices/text.ts';
import type { Instant } from '../../core/shared/time.ts';
import { isolated, say } from '../../core/shared/words.ts';
import type { HookEndpoint } from '../../ports/announcing.ts';
import type { Shop } from '../../ports.ts';
import { deciders } from '../notices/people.ts';
import { lookOfShop } from '../notices/setting.ts';
import type { AnnounceDeps } from './deps.ts';

/** Tells the team that an endpoint is told nothing any more: why, what that means, and what to do. */
export async function tellSwitchedOff(
  { store, languages, publicUrl }: Pick<AnnounceDeps, 'store' | 'languages' | 'publicUrl'>,
  shop: Shop,
  endpoint: Pick<HookEndpoint, 'url'>,
  because: 'failing' | 'gone',
  at: Instant,
): Promise<void> {
  const language = languages.firstOf(shop.languages);
  // The rest of an address may be a secret.
  const address = isolated(new URL(endpoint.url).origin);
  const base = (shop.settings.publicUrl ?? publicUrl).replace(/\/+$/, '');
  const subject = say(language, 'webhooks.off.subject', { address });
  const paragraph = (key: string) => ({
    kind: 'paragraph' as const,
    words: [{ text: say(language, `webhooks.off.${key}`, { address }) }],
  });
  const document = {
    kind: 'team.webhook_off' as const,
    language: language.code,
    dir: language.dir,
    subject,
    lead: say(language, `webhooks.off.${because}`, { address }),
    sections: [
      {
        id: 'team' as const,
        title: null,
        blocks: [
          paragraph('means'),
          paragraph('todo'),
          {
            kind: 'link' as const,
            text: say(language, 'webhooks.off.link'),
            href: `${base}/shops/${shop.slug}/webhooks`,
            primary: true,
          },
        ],
      },
    ],
  };
  const people = deciders(await store.team.colleagues(shop.id));
  await store.outbox.tell(shop.id, {
    cause: { kind: 'team.webhook_off' },
    audience: 'team',
    customer: null,
    envelope: {
      to: people.map(({ email }) => email),
      subject: subject.replace(/[\u2066-\u2069]/g, ''),
      text: renderText(document, []),
      html: renderHtml(document, lookOfShop(shop), []),
    },
    at,
  });
}
