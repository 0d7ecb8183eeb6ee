import { expect } from 'vitest';
import { createMailer } from '../../src/adapters/mail/mailer.ts';
import { deliveryOf } from '../../src/compose-jobs.ts';
import { type Language, say } from '../../src/core/shared/words.ts';
import type { Shop } from '../../src/ports.ts';
import type { AppealDeps } from '../../src/workflows/appeals/types.ts';
import { deliver } from '../../src/workflows/notices/deliver.ts';
import { languages } from './languages.ts';
import { type Mailbox, openMailbox, type Received } from './smtp.ts';

/** The mail of a story's shop, put into words and sent as the service does it. */
export interface StoryMail {
  readonly mailbox: Mailbox;
  /** Sends all that is to be told and gives what the customer got of it, oldest first. */
  readonly delivered: (shop: Shop) => Promise<readonly Received[]>;
  readonly close: () => Promise<void>;
}

export async function storyMail(deps: AppealDeps): Promise<StoryMail> {
  const mailbox = await openMailbox();
  const faults: unknown[] = [];
  const onFault = (error: unknown): void => void faults.push(error);
  const sending = {
    ...deliveryOf({ ...deps, mailer: createMailer(), mailServer: mailbox.server } as Parameters<typeof deliveryOf>[0]),
    onFault,
  };
  return {
    mailbox,
    async delivered(shop) {
      mailbox.clear();
      for (let more = true; more; ) more = await deliver(sending, shop);
      expect(faults).toEqual([]);
      return mailbox.inbox.filter((mail) => mail.to.includes('who@example.org'));
    },
    close: () => mailbox.close(),
  };
}

/** Story languages: one read from left to right, one from right to left. */
export const storyLanguages = ['en', 'he'] as const;

/** That a mail is written in a language: what its subject says, and that its page says so to a browser. */
export function expectMail(mail: Received | undefined, code: string, shop: Shop, subject: string): void {
  if (mail === undefined) throw new Error(`No mail came: "${subject}" was to`);
  const language: Language = languages.of(code);
  expect(language.code).toBe(code);
  const words = say(language, `notices.subject.${subject}`, { shop: shop.name, until: '' });
  const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '').trim();
  expect(plain(mail.subject)).toContain(
    plain(words.replace(shop.name, '').replace(/^[\s:–-]+/, '')).replace(/[:\s]+$/, ''),
  );
  expect(mail.html).toContain(`lang="${code}" dir="${language.dir}"`);
  // Nobody at the shop is ever named to a customer.
  for (const name of ['Mia', 'Noor', 'Ada']) expect(mail.text).not.toContain(name);
}
