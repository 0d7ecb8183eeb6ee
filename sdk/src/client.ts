import type {
  BounceRequest,
  BounceResponse,
  CustomerRequest,
  CustomerResponse,
  DecisionRequest,
  DecisionResponse,
  EventsResponse,
  ReportedEvent,
} from './api.gen.ts';
import { type Call, call, type Line, type Result } from './call.ts';
import { type Fault, faultOf } from './fault.ts';

/** What to answer when Evenhand does not, in time or at all: go on as ever, or have a colleague look at it afterwards. */
export type WhenSilent = 'allow' | 'review';

export interface EvenhandOptions {
  /** Where Evenhand is: "https://fair.example.com". */
  readonly url: string;
  /** An API key of the shop. A secret: leave it out in a browser, and point `url` at an address of your own that adds it. */
  readonly key?: string | undefined;
  /** How long a customer may be kept waiting for a decision. 300 ms unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** The same for everything that no customer waits for, for each try. 10 seconds unless told otherwise. */
  readonly patientMs?: number | undefined;
  /** How often to try again what may be done twice without harm: all but decisions. 2 unless told otherwise. */
  readonly retries?: number | undefined;
  /** "allow" unless told otherwise. */
  readonly whenSilent?: WhenSilent | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What Evenhand decided, or (`answered` is false) what your fail mode says in its place. */
export type Decided =
  | ({ readonly answered: true } & DecisionResponse)
  | {
      readonly answered: false;
      readonly outcome: WhenSilent;
      readonly decision: null;
      readonly obligations: readonly [];
      readonly reasons: readonly [];
      readonly message: null;
      /** For your logs and your alarm. */
      readonly fault: Fault;
    };

export type EventResult = EventsResponse['results'][number];

/** What became of reported events, by their place. With a fault, `results` holds those that arrived before it: report the rest again. */
export type Reported =
  | { readonly ok: true; readonly results: readonly EventResult[] }
  | { readonly ok: false; readonly results: readonly EventResult[]; readonly fault: Fault };

export interface Evenhand {
  /** May this customer do this now? Never throws and never takes longer than it may; asked once only, as every decision is recorded. */
  readonly decide: (
    question: DecisionRequest,
    options?: CallOptions & { readonly whenSilent?: WhenSilent | undefined },
  ) => Promise<Decided>;
  /** Tells what happened, however many events. The same event again changes nothing, so report again whenever you are not sure. */
  readonly report: (events: readonly ReportedEvent[], options?: CallOptions) => Promise<Reported>;
  /** A customer's standing by your number; null: Evenhand knows nobody by it. */
  readonly lookup: (
    customer: CustomerRequest | string,
    options?: CallOptions,
  ) => Promise<Result<CustomerResponse | null>>;
  /** Tells that a message came back. */
  readonly reportBounce: (bounce: BounceRequest, options?: CallOptions) => Promise<Result<BounceResponse>>;
}

/** How many events one call to the API takes. */
const BATCH = 1_000;

/** A client for one shop. Throws only when it is made without a usable address. */
export function createEvenhand({
  url,
  key,
  timeoutMs = 300,
  patientMs = 10_000,
  retries = 2,
  whenSilent = 'allow',
  fetch = globalThis.fetch,
}: EvenhandOptions): Evenhand {
  if (!/^https?:\/\/[^/?#]/.test(url))
    throw new TypeError('url must be where Evenhand is, such as https://fair.example.com');
  const line: Line = {
    url: url.replace(/\/+$/, ''),
    key: key ?? null,
    // A browser's fetch wants to be called by itself.
    fetch: (input, init) => fetch(input, init),
  };
  const patient = (options: CallOptions | undefined): Pick<Call<never>, 'timeoutMs' | 'retries' | 'signal'> => ({
    timeoutMs: options?.timeoutMs ?? patientMs,
    retries,
    signal: options?.signal,
  });

  return {
    async decide(question, options = {}) {
      const answer = await safely(() =>
        call(line, {
          path: '/v1/decisions',
          body: question,
          timeoutMs: options.timeoutMs ?? timeoutMs,
          retries: 0,
          signal: options.signal,
          read: readDecision,
        }),
      );
      return answer.ok ? { answered: true, ...answer.value } : silent(options.whenSilent ?? whenSilent, answer.fault);
    },

    async report(events, options) {
      const results: EventResult[] = [];
      for (let start = 0; start < events.length; start += BATCH) {
        const answer = await safely(() =>
          call(line, {
            path: '/v1/events',
            body: { events: events.slice(start, start + BATCH) },
            ...patient(options),
            read: (value) => (hasList(value, 'results') ? (value as unknown as EventsResponse) : null),
          }),
        );
        if (!answer.ok) return { ok: false, results, fault: answer.fault };
        for (const result of answer.value.results) results.push({ ...result, index: result.index + start });
      }
      return { ok: true, results };
    },

    async lookup(customer, options) {
      const body = typeof customer === 'string' ? { externalId: customer } : customer;
      const answer = await safely(() =>
        call<CustomerResponse | null>(line, {
          path: '/v1/customers/lookup',
          body,
          ...patient(options),
          read: (value) => (hasText(value, 'standing') ? (value as unknown as CustomerResponse) : null),
        }),
      );
      return !answer.ok && answer.fault.why === 'unknown-customer' ? { ok: true, value: null } : answer;
    },

    reportBounce: (bounce, options) =>
      safely(() =>
        call(line, {
          path: '/v1/mail/bounces',
          body: bounce,
          ...patient(options),
          read: (value) => (hasText(value, 'message') ? (value as unknown as BounceResponse) : null),
        }),
      ),
  };
}

/** Whatever goes wrong before anything is sent (a body that is no JSON) is handed back like all the rest. */
async function safely<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch {
    return { ok: false, fault: faultOf('invalid', 'What was to be sent cannot be written as JSON.') };
  }
}

const silent = (outcome: WhenSilent, fault: Fault): Decided => ({
  answered: false,
  outcome,
  decision: null,
  obligations: [],
  reasons: [],
  message: null,
  fault,
});

const OUTCOMES: readonly unknown[] = ['allow', 'challenge', 'review', 'deny'] satisfies DecisionResponse['outcome'][];

function readDecision(value: unknown): DecisionResponse | null {
  if (!hasText(value, 'decision') || !hasList(value, 'obligations') || !hasList(value, 'reasons')) return null;
  return OUTCOMES.includes((value as Named).outcome) ? (value as unknown as DecisionResponse) : null;
}

type Named = Readonly<Record<string, unknown>>;
const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null;
const hasText = (value: unknown, name: string): value is Named => isNamed(value) && typeof value[name] === 'string';
const hasList = (value: unknown, name: string): value is Named => isNamed(value) && Array.isArray(value[name]);
