import { z } from 'zod';

/** Lower-case name of a jurisdiction's file: "eu", "nl", "uk". */
const code = z.string().regex(/^[a-z]{2,8}$/, 'is not a short name in lower case such as "nl"');
const region = z.string().regex(/^[A-Z]{2}$/, 'is not a region code in upper case such as "NL"');
const day = z.iso.date('is not a day such as 2026-06-19');
const url = z.string().regex(/^https:\/\/\S+$/, 'is not an address that begins with https://');
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is not a name in lower case with underscores');

/** What a customer may keep whatever a measure does. A measure that takes one of these away is refused. */
export const right = z.enum([
  /** Sending goods back without a reason, within the period the law gives. */
  'withdrawal',
  /** The function on the shop's pages by which one withdraws. */
  'withdrawal_function',
  /** Having faulty goods put right. */
  'faulty_goods',
  /** Being heard: complaints, appeals, questions. */
  'hearing',
  /** Seeing one's data, and having them corrected or erased. */
  'data',
]);
export type Right = z.infer<typeof right>;

const source = z.strictObject({
  /** The act as lawyers name it: "Directive 2011/83/EU". */
  act: z.string().min(3).max(200),
  /** Where in the act: "art. 9". */
  article: z.string().min(1).max(80),
  /** The official text, or the nearest thing to it that is open to all. */
  url,
});
export type LegalSource = z.infer<typeof source>;

const about = {
  /** Unique in the whole book, and begins with the jurisdiction: "eu_withdrawal". */
  id: name,
  source,
  /** Which sentence says it in plain words: a key of languages/<code>/words/law.json. */
  sentence: name,
  /** online_platform: only a marketplace or the like, and not a micro or small one (Regulation (EU) 2022/2065, arts 3(i) and 19). */
  applies: z.enum(['every_shop', 'online_platform']).default('every_shop'),
  /** First day it binds; null: since before this file was written. */
  from: day.nullable().default(null),
  /** What it lets a customer keep, whatever a measure does. */
  keeps: z.array(right).max(5).default([]),
  /** Ids of what it stands in for, from the jurisdiction this one lies within. */
  replaces: z.array(name).max(10).default([]),
  /** When somebody last checked it against its source. */
  checked: day,
};

const plain = { ...about, parameters: z.strictObject({}).default({}) };
/** A length of time, in days or in calendar months; null: the law says "promptly" or the like, and no number. */
const within = z
  .union([z.strictObject({ days: z.int().min(1).max(4000) }), z.strictObject({ months: z.int().min(1).max(240) })])
  .nullable();
export type LegalPeriod = z.infer<typeof within>;

/** One thing that a jurisdiction's law asks of a shop here. Each topic has its own parameters. */
export const lawEntry = z.discriminatedUnion('topic', [
  z.strictObject({
    topic: z.literal('withdrawal'),
    ...about,
    parameters: z.strictObject({
      /** Counted from delivery. */
      days: z.int().min(1).max(60),
      /** Within how many days money goes back; null: not said in days. */
      refundDays: z.int().min(1).max(60).nullable(),
    }),
  }),
  z.strictObject({
    topic: z.literal('worn_goods'),
    ...about,
    parameters: z.strictObject({
      /** diminished_value: take back, and deduct what use beyond trying cost · must_be_intact: what is no longer intact need not be taken · damages: take back, and claim what was lost */
      worn: z.enum(['diminished_value', 'must_be_intact', 'damages']),
    }),
  }),
  z.strictObject({ topic: z.literal('withdrawal_function'), ...plain }),
  z.strictObject({
    topic: z.literal('guarantee'),
    ...about,
    /** `within` null: as long as one may expect of such goods. */
    parameters: z.strictObject({ within }),
  }),
  z.strictObject({ topic: z.literal('human_decision'), ...plain }),
  z.strictObject({ topic: z.literal('prior_warning'), ...plain }),
  z.strictObject({
    topic: z.literal('circumstances'),
    ...about,
    parameters: z.strictObject({
      weigh: z.array(z.enum(['absolute_number', 'relative_share', 'gravity', 'intention'])).min(1),
    }),
  }),
  z.strictObject({
    topic: z.literal('complaints'),
    ...about,
    /** How long after a decision the customer can complain about it, at least. */
    parameters: z.strictObject({ open: within.unwrap() }),
  }),
  z.strictObject({
    topic: z.literal('complaint_answer'),
    ...about,
    parameters: z.strictObject({
      /** answered: with what the shop does about it · acknowledged: that it has come in */
      must: z.enum(['answered', 'acknowledged']),
      within,
    }),
  }),
  z.strictObject({ topic: z.literal('reasons'), ...plain }),
  z.strictObject({
    topic: z.literal('retention'),
    ...about,
    /** After how many years claims about a sale generally lapse, which a shop may keep evidence for; null: not one number. */
    parameters: z.strictObject({ claimsYears: z.int().min(1).max(30).nullable() }),
  }),
  z.strictObject({ topic: z.literal('access'), ...about, parameters: z.strictObject({ within }) }),
  z.strictObject({ topic: z.literal('erasure'), ...about, parameters: z.strictObject({ within }) }),
  z.strictObject({
    topic: z.literal('delivery'),
    ...about,
    parameters: z.strictObject({ days: z.int().min(1).max(90) }),
  }),
  z.strictObject({ topic: z.literal('reviews'), ...plain }),
  z.strictObject({ topic: z.literal('contact'), ...plain }),
  /** What one might look for and the law does not have. */
  z.strictObject({ topic: z.literal('no_such_rule'), ...plain }),
]);
export type LawEntry = z.infer<typeof lawEntry>;
export type LawTopic = LawEntry['topic'];
/** The entry of one topic, with that topic's parameters. */
export type EntryOf<T extends LawTopic> = Extract<LawEntry, { topic: T }>;

/** Where a customer can go next. */
export const lawBody = z.strictObject({
  id: name,
  /** consumer: disputes about a purchase, out of court · data_protection: what is done with one's data */
  kind: z.enum(['consumer', 'data_protection']),
  /** In its own words. */
  name: z.string().min(2).max(120),
  url,
  /** What it does, in plain words. */
  sentence: name,
  /** Ids of bodies of the wider jurisdiction that it stands in for. */
  replaces: z.array(name).max(10).default([]),
  checked: day,
});
export type LawBody = z.infer<typeof lawBody>;

const isoWeekday = z.int().min(1).max(7);

/** A public holiday, for years to come where a rule can say it. */
export const holiday = z.discriminatedUnion('rule', [
  z.strictObject({
    rule: z.literal('fixed'),
    name: z.string(),
    month: z.int().min(1).max(12),
    day: z.int().min(1).max(31),
    /** Where it goes at a weekend: to the next weekday that is no holiday, to the nearest weekday, or (on a Sunday) to the day before. */
    moves: z.enum(['next_weekday', 'nearest_weekday', 'day_before_sunday']).optional(),
    /** The first year it is one. */
    since: z.int().optional(),
  }),
  /** Days after (before: negative) Easter Sunday of the western churches. */
  z.strictObject({ rule: z.literal('easter'), name: z.string(), offset: z.int().min(-60).max(70) }),
  z.strictObject({
    rule: z.literal('weekday'),
    name: z.string(),
    month: z.int().min(1).max(12),
    weekday: isoWeekday,
    /** 1 is the month's first such day, -1 its last. */
    nth: z.union([z.int().min(1).max(5), z.literal(-1)]),
  }),
  /** Days that no rule gives: a calendar of the moon, or a government's yearly notice. */
  z.strictObject({ rule: z.literal('days'), name: z.string(), days: z.array(day).min(1) }),
]);
export type Holiday = z.infer<typeof holiday>;

export const workingCalendar = z.strictObject({
  /** Working days of the week, 1 is Monday and 7 Sunday. */
  week: z.array(isoWeekday).min(1).max(7),
  holidays: z.array(holiday).max(60),
  /** Days on which people work although the week or a holiday says otherwise. */
  workedAnyway: z.array(day).default([]),
  source,
  /** The last year for which holidays are complete; null where rules give them for ever. */
  completeUntil: z.int().nullable().default(null),
  checked: day,
});
export type WorkingCalendar = z.infer<typeof workingCalendar>;

/** A jurisdiction's file. */
export const jurisdictionDocument = z.strictObject({
  code,
  /** The region codes shops may give for it; the first is the one to show. "EU" is one too. */
  regions: z.array(region).min(1).max(5),
  /** The jurisdiction whose law holds here as well, unless an entry replaces it. */
  within: code.optional(),
  /** Regions that have no file of their own and fall back to this one. */
  members: z.array(region).default([]),
  entries: z.array(lawEntry).max(100),
  bodies: z.array(lawBody).max(20),
  /** Absent: as in the jurisdiction it lies within. */
  calendar: workingCalendar.optional(),
});
export type Jurisdiction = z.infer<typeof jurisdictionDocument>;
