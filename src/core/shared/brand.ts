declare const brand: unique symbol;

/** A string or number that only its own maker produces: a `CustomerId` is never passed where an `EventId` is meant. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

export type ShopId = Brand<string, 'ShopId'>;
export type CustomerId = Brand<string, 'CustomerId'>;
export type EventId = Brand<string, 'EventId'>;
export type MeasureId = Brand<string, 'MeasureId'>;
export type ProposalId = Brand<string, 'ProposalId'>;
export type DecisionId = Brand<string, 'DecisionId'>;
export type StaffId = Brand<string, 'StaffId'>;
export type AppealId = Brand<string, 'AppealId'>;
export type ObjectionId = Brand<string, 'ObjectionId'>;
export type AttachmentId = Brand<string, 'AttachmentId'>;
export type NoticeId = Brand<string, 'NoticeId'>;
export type ConnectionId = Brand<string, 'ConnectionId'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type UuidBrands =
  | ShopId
  | CustomerId
  | EventId
  | MeasureId
  | ProposalId
  | DecisionId
  | StaffId
  | AppealId
  | ObjectionId
  | AttachmentId
  | NoticeId
  | ConnectionId;

/** True for a lower-case RFC 9562 UUID: the form of every id this installation makes itself. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Marks a UUID as one of our ids. Throws on anything else, because an id is never user input by the time it gets here. */
export function id<T extends UuidBrands>(text: string): T {
  if (!isUuid(text)) throw new Error(`Not a UUID (${text.length} characters)`);
  return text as T;
}
