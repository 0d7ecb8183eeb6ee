import { z } from 'zod';
import { at, staffName, uuid } from './common.ts';

export const listName = z.enum(['allow', 'deny']);
export const entryType = z.enum(['email', 'external', 'phone', 'email_domain', 'name_address', 'ip', 'device']);
export const entryAnswer = z.enum(['challenge', 'review', 'deny']);

export const listEntry = z.object({
  id: uuid,
  list: listName,
  type: entryType,
  /** As it was written; null: it was a customer's who has been erased. */
  value: z.string().nullable(),
  /** Null: erased with the value. */
  reason: z.string().nullable(),
  /** Null with an entry of the allow list. */
  answer: entryAnswer.nullable(),
  /** Whether the answer is harder than is usual for the type. */
  harder: z.boolean(),
  createdAt: at,
  createdBy: staffName.nullable(),
  until: at,
  /** How often a decision found it, and when last. */
  hits: z.int(),
  lastHitAt: at.nullable(),
});

/** A POST, because what is searched for names a person. */
export const entriesSearch = z.object({
  list: listName.optional(),
  type: z.array(entryType).max(7).default([]),
  show: z.enum(['valid', 'ending', 'ended', 'unused']).default('valid'),
  /** An exact value; no list can be searched by a part of one. */
  q: z.string().max(400).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export const entriesPage = z.object({
  items: z.array(listEntry),
  next: z.string().nullable(),
  /** Null on later pages: the first has told them. */
  counts: z.object({ allow: z.int(), deny: z.int(), ending: z.int(), ended: z.int(), unused: z.int() }).nullable(),
});

export const newEntry = z.strictObject({
  list: listName,
  type: entryType,
  value: z.string().trim().min(1).max(400),
  reason: z.string().trim().min(3).max(500),
  /** Left out: in 12 months; three years at most. */
  until: at.optional(),
  /** Left out: what is usual for the type. */
  answer: entryAnswer.optional(),
  /** A wide network, a domain of everybody's or a harder answer than is usual is meant so. */
  meant: z.boolean().default(false),
});
export const newEntries = z.strictObject({ entries: z.array(newEntry).min(1).max(500) });
export const writtenEntries = z.object({
  results: z.array(
    z.object({
      index: z.int(),
      status: z.enum(['added', 'changed', 'same', 'refused']),
      entries: z.array(uuid),
      error: z.object({ field: z.string(), message: z.string(), unlessMeant: z.boolean() }).nullable(),
    }),
  ),
});

export const removedEntries = z.strictObject({ entries: z.array(uuid).min(1).max(500) });
export const extendEntry = z.strictObject({ until: at, reason: z.string().trim().min(3).max(500) });

export const pastedLines = z.strictObject({
  text: z.string().max(100_000),
  type: entryType.nullable().default(null),
  list: listName,
  meant: z.boolean().default(false),
});
export const readLines = z.object({
  lines: z.array(
    z.object({
      line: z.int(),
      text: z.string(),
      /** Null: it could be anything. */
      type: entryType.nullable(),
      refusal: z.object({ message: z.string(), unlessMeant: z.boolean() }).nullable(),
      known: z.object({ list: listName, answer: entryAnswer.nullable(), until: at }).nullable(),
    }),
  ),
  /** How many lines there were beyond those that are read at once. */
  leftOut: z.int(),
  customers: z.int(),
  good: z.int(),
});

export const listChange = z.object({
  entry: uuid,
  type: entryType,
  at,
  what: z.enum(['added', 'changed', 'extended', 'removed']),
  by: staffName.nullable(),
  list: listName,
  answer: entryAnswer.nullable(),
  until: at,
});
export const changesQuery = z.object({
  entry: uuid.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const changesPage = z.object({ items: z.array(listChange), next: z.string().nullable() });

/** What a file would do, before anything of it is written. */
export const importPreview = z.object({
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  byType: z.partialRecord(entryType, z.int()),
  refused: z.int(),
  refusals: z.array(z.object({ where: z.string(), message: z.string(), unlessMeant: z.boolean() })),
  wide: z.array(z.object({ value: z.string(), addresses: z.number().nullable() })),
  harder: z.int(),
  /** Entries that stop what the allow list lets through. */
  turned: z.int(),
  customers: z.int(),
  good: z.int(),
});
export type ImportPreview = z.infer<typeof importPreview>;

/** A CSV of everything, or the networks as a firewall takes them in. */
export const listsExport = z.strictObject({
  as: z.enum(['csv', 'nginx', 'ipset', 'cloudflare']).default('csv'),
  list: listName.optional(),
});
export type ListsExport = z.input<typeof listsExport>;
