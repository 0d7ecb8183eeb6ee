import type { Objection } from '../core/appeals/objections.ts';
import type { CustomerId, MeasureId, ObjectionId, ShopId } from '../core/shared/brand.ts';
import type { Instant } from '../core/shared/time.ts';

export interface ObjectionRecord extends Objection {
  readonly customer: CustomerId;
}

/** A measure of one account that binds another, because staff confirmed the two to be one person. */
export interface Binding {
  /** Whom it binds. */
  readonly customer: CustomerId;
  /** Whose measure it is. */
  readonly holder: CustomerId;
  readonly measure: MeasureId;
}

/** A binding that its customer was, or is to be, told of. */
export interface ToldBinding extends Binding {
  /** The message that says so. */
  readonly message: string;
}

/** Who is bound by measures of other accounts, who was told so, and who says that they are somebody else. */
export interface ObjectionStore {
  one(shop: ShopId, id: ObjectionId): Promise<ObjectionRecord | null>;
  /** Those that wait for an answer, whichever is due first. */
  open(shop: ShopId, most: number): Promise<readonly ObjectionRecord[]>;
  /** Those of some customers that wait for an answer. */
  openOf(shop: ShopId, customers: readonly CustomerId[]): Promise<readonly ObjectionRecord[]>;
  /** Newest first. */
  ofCustomer(shop: ShopId, customer: CustomerId): Promise<readonly ObjectionRecord[]>;
  /** What binds customers through confirmed links at an instant, over however many; without the erased. Null: all of the shop. */
  bindings(shop: ShopId, customers: readonly CustomerId[] | null, now: Instant): Promise<readonly Binding[]>;
  /** What customers were told of. Null: all of the shop. */
  told(shop: ShopId, customers: readonly CustomerId[] | null): Promise<readonly ToldBinding[]>;
  keepTold(shop: ShopId, told: ToldBinding): Promise<void>;
  forgetTold(shop: ShopId, told: Pick<Binding, 'customer' | 'measure'>): Promise<void>;
  /** Shops in which somebody may have to be told: something binds through a link, or did. */
  shopsWithBindings(): Promise<readonly ShopId[]>;
}
