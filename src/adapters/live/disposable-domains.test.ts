import { expect, it } from 'vitest';
import { openDisposableDomains } from './disposable-domains.ts';

it('knows nothing until the list is there, then the services and what is below them', async () => {
  const troubles: string[] = [];
  const domains = openDisposableDomains({ onTrouble: (message) => troubles.push(message) });
  expect(domains.has('mailinator.com')).toBeNull();
  await domains.load();
  for (const domain of ['mailinator.com', 'MAILINATOR.com', 'of.somebody.mailinator.com', 'yopmail.com'])
    expect(domains.has(domain), domain).toBe(true);
  for (const domain of [
    'gmail.com',
    'not-quite-mailinator.org',
    'mailinator.com.example.org',
    'com',
    '',
    'example.com',
  ])
    expect(domains.has(domain), domain).toBe(false);
  expect(troubles).toEqual([]);
});

it('takes nobody who hides an address from shops for somebody who throws it away', async () => {
  const domains = openDisposableDomains({ onTrouble: () => undefined });
  await domains.load();
  // Relays that forward to a person's own mailbox for good.
  for (const domain of ['privaterelay.appleid.com', 'duck.com', 'mozmail.com', 'simplelogin.com', 'proton.me'])
    expect(domains.has(domain), domain).toBe(false);
});
