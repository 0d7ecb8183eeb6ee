import { z } from 'zod';
import { at, pageOf, person, standing, uuid } from './common.ts';

/** What one field of a comparison says, in the console's own words by its names. */
export const linkField = z.object({
  field: z.string(),
  level: z.string(),
  /** How much it speaks for (or against) one person. */
  weight: z.enum(['much', 'some', 'little', 'nothing', 'against']),
  /** How many customers have the same, where that is counted: up to 1,000. */
  customers: z.int().nullable(),
});
export type LinkField = z.infer<typeof linkField>;

export const linkSide = person.extend({
  standing,
  /** A restriction or block binds them now. */
  bound: z.boolean(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  birthYear: z.int().nullable(),
  orders: z.int(),
  returns: z.int(),
  firstAt: at,
  lastAt: at,
});
export type LinkSide = z.infer<typeof linkSide>;

export const linkClass = z.enum(['same', 'probably_same', 'household', 'unlike']);
export const linkState = z.enum(['found', 'confirmed', 'split']);

/** Is this the same person? */
export const linkQuestion = z.object({
  one: linkSide,
  other: linkSide,
  klass: z.enum(['same', 'probably_same']).nullable(),
  /** How likely it is that they are one person, 0–1; null: no comparison said so. */
  likelihood: z.number().nullable(),
  fields: z.array(linkField),
  foundAt: at.nullable(),
  /** Who may tell them apart: only whoever may lift a measure, where others make them one person already. */
  change: z.enum(['acting', 'managing']),
});
export type LinkQuestion = z.infer<typeof linkQuestion>;
export const linkQuestions = pageOf(linkQuestion).extend({ waiting: z.int() });

export const linkedAccount = linkSide.extend({
  /** What comparing says now; null: there is too little to compare. */
  klass: linkClass.nullable(),
  likelihood: z.number().nullable(),
  fields: z.array(linkField),
  state: linkState.nullable(),
  /** Who may say that they are one person: whoever works on customers; whoever may take a measure; nobody, there being nothing to confirm. */
  confirm: z.enum(['acting', 'managing', 'nobody']),
  /** Who may tell them apart or take an answer back: only whoever may lift a measure, where that frees one of them or binds them again. */
  change: z.enum(['acting', 'managing']),
});
export type LinkedAccount = z.infer<typeof linkedAccount>;

export const sharedIdentifier = z.object({
  kind: z.enum(['card', 'device', 'phone', 'email', 'address', 'mailname', 'name']),
  /** As it was written; null: one that the customer had before. */
  text: z.string().nullable(),
  customers: z.int(),
  accounts: z.array(uuid),
});
export type SharedIdentifier = z.infer<typeof sharedIdentifier>;

export const linkedAccounts = z.object({
  accounts: z.array(linkedAccount),
  shared: z.array(sharedIdentifier),
});
export type LinkedAccounts = z.infer<typeof linkedAccounts>;

/** A customer says that they are not the person staff took them for. */
export const objection = z.object({
  id: uuid,
  /** Who objects. */
  one: linkSide,
  /** What binds this account binds them too. */
  other: linkSide,
  /** What they wrote; null: it cannot be read any more. */
  text: z.string().nullable(),
  round: z.int(),
  filedAt: at,
  dueAt: at,
  overdue: z.boolean(),
  /** Why whoever asks cannot answer it now; null: they can. */
  why: z.enum(['auditor', 'agent', 'approved', 'alone']).nullable(),
});
export type Objection = z.infer<typeof objection>;
export const answerObjection = z.strictObject({
  /** Upheld: the two are told apart. Rejected: the link stays. */
  outcome: z.enum(['upheld', 'rejected']),
  /** Goes to the customer. */
  reason: z.string().trim().min(1).max(2_000),
});

export const answerLink = z.strictObject({
  other: uuid,
  /** The same person; not the same; take the answer back. */
  answer: z.enum(['confirm', 'split', 'reopen']),
});
export const linkAnswered = z.object({
  state: linkState,
  /** How many measures were found to have been evaded. */
  evasions: z.int(),
});
