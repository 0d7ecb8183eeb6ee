import { expect, it } from 'vitest';
import { type Trouble, troubleOf } from './trouble.ts';

const SAID: readonly [string, Trouble][] = [
  ['connect ECONNREFUSED 127.0.0.1:25', 'unreachable'],
  ['getaddrinfo ENOTFOUND smtp.example.invalid', 'unknownHost'],
  ['Connection timeout (ETIMEDOUT)', 'timeout'],
  ['Invalid login: 535 5.7.8 Authentication credentials invalid', 'signIn'],
  ['self-signed certificate', 'certificate'],
  ['Upgrading connection with STARTTLS failed: 454 TLS not available', 'encryption'],
  ['550 5.1.1 The e-mail account that you tried to reach does not exist', 'noMailbox'],
  ['550 Requested action not taken', 'noMailbox'],
  ['552 5.2.2 The mailbox is full', 'full'],
  ['552 5.3.4 Message size exceeds fixed limit', 'tooLarge'],
  ['554 5.7.1 Service unavailable; client host blocked', 'unwanted'],
  ['553 5.1.8 Sender address rejected', 'sender'],
  ['450 4.2.0 Greylisted, see you later', 'later'],
  ['421 Too many connections, try again', 'later'],
  ['There is no e-mail address for this customer', 'noAddress'],
  ['500 What?', 'other'],
];

it.each(SAID)('hears in "%s": %s', (said, trouble) => {
  expect(troubleOf(said)).toBe(trouble);
});
