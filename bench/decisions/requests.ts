import type { Shop } from '../../src/ports.ts';
import type { Decisions } from '../../src/workflows/decide/decisions.ts';
import type { DecisionWish } from '../../src/workflows/decide/types.ts';
import { accounts } from '../linkage/generate.ts';
import { type Person, personOf } from './fill.ts';
import { NUMBER } from './number.ts';

/** What is sent, as bodies of 600 bytes or more, with NUMBER in what must be nobody else's. */
export interface Requests {
  /** Of people who are let through: externalId, e-mail address, phone, network address. */
  readonly strangers: readonly string[];
  /** The same people with name and address, so that each is compared with everybody who is measured. */
  readonly named: readonly string[];
  readonly checked: readonly { readonly body: string; readonly outcome: string }[];
}

const STRANGERS = 2_000;
const CHECKED = 100;
const BYTES = 600;

/** Makes requests whose answers are known: strangers are those that the decisions in this process let through, whichever way they ask. */
export function requestsFor(decisions: Decisions, shop: Shop, measured: readonly Person[]): Requests {
  const strangers: string[] = [];
  const named: string[] = [];
  let number = 5_000_000;
  for (const account of accounts(4 * STRANGERS, 'strangers')) {
    if (strangers.length === STRANGERS) break;
    number += 1;
    const person: Person = {
      ...personOf(account, number),
      externalId: `customer-${NUMBER}-of-another-shop`,
      email: `nobody.${NUMBER}@strangers.example`,
      phone: `+4930${NUMBER}`,
    };
    const ip = `2001:db8:${NUMBER.slice(0, 4)}:${NUMBER.slice(4)}::1`;
    const wishes = [bodyOf(person, ip, false), bodyOf(person, ip, true)] as const;
    if (!wishes.every((wish) => isLetThrough(decisions, shop, JSON.parse(numbered(wish, number)) as DecisionWish)))
      continue;
    strangers.push(wishes[0]);
    named.push(wishes[1]);
  }
  if (strangers.length < STRANGERS) throw new Error(`Only ${strangers.length} strangers are let through`);
  return {
    strangers,
    named,
    checked: [
      ...measured
        .slice(0, CHECKED)
        .map((person) => ({ body: bodyOf(person, '192.0.2.1', false), outcome: 'challenge' })),
      ...[...strangers.slice(0, CHECKED), ...named.slice(0, CHECKED)].map((body, index) => ({
        body: numbered(body, 9_000_000 + index),
        outcome: 'allow',
      })),
    ],
  };
}

function isLetThrough(decisions: Decisions, shop: Shop, wish: DecisionWish): boolean {
  const made = decisions.decideNow(shop, wish);
  if (!(made instanceof Promise)) return made.ok && made.value.outcome === 'allow';
  // Stopped, and being written down; nobody waits for that here.
  made.catch(() => undefined);
  return false;
}

/** The body with a number of its own. */
export function numbered(body: string, number: number): string {
  const digits = String(number).padStart(NUMBER.length, '0');
  return body
    .replaceAll(NUMBER, digits)
    .replace(`${NUMBER.slice(0, 4)}:${NUMBER.slice(4)}`, `${digits.slice(0, 4)}:${digits.slice(4)}`);
}

function bodyOf({ externalId, email, phone, name, address }: Person, ip: string, isNamed: boolean): string {
  return JSON.stringify({
    surface: 'purchase',
    customer: { externalId, email, phone, ...(isNamed ? { name, address } : {}) },
    order: { reference: `2026-11-22-${'0'.repeat(100)}`, total: 12_995, currency: 'EUR', items: 3 },
    ip,
    language: 'nl',
  }).padEnd(BYTES, ' ');
}
