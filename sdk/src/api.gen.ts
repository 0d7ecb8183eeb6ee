// Made from the API's own document; a test fails when it has gone stale. To make it anew: npm run generate, in sdk/.

/** What events of each kind say. */
export interface EventBodies {
  readonly 'order.placed': {
    readonly order: string;
    readonly total: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
    readonly lines?: readonly ({
      readonly article: string;
      readonly variant?: string | undefined;
      readonly title?: string | undefined;
      readonly quantity: number;
      readonly unitPrice?: string | undefined;
    })[] | undefined;
    readonly payment?: 'prepaid' | 'card' | 'invoice' | 'cash_on_delivery' | 'other' | undefined;
  };
  readonly 'order.cancelled': {
    readonly order: string;
    readonly by: 'customer' | 'shop';
    readonly stage: 'before_dispatch' | 'after_dispatch' | 'after_delivery';
    readonly value?: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    } | undefined;
  };
  readonly 'order.delivered': {
    readonly order: string;
  };
  readonly 'order.delayed': {
    readonly order: string;
    readonly days?: number | undefined;
  };
  readonly 'order.address_changed': {
    readonly order: string;
    readonly stage: 'before_dispatch' | 'after_dispatch' | 'after_delivery';
  };
  readonly 'payment.captured': {
    readonly order: string;
    readonly amount: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
  };
  readonly 'payment.failed': {
    readonly order?: string | undefined;
    readonly reason: 'declined' | 'insufficient_funds' | 'authentication_failed' | 'suspected_fraud' | 'other';
  };
  readonly 'payment.disputed': {
    readonly dispute: string;
    readonly order?: string | undefined;
    readonly amount: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
    readonly reason: 'fraudulent' | 'unrecognized' | 'product_not_received' | 'product_unacceptable' | 'credit_not_processed' | 'duplicate' | 'subscription_cancelled' | 'general' | 'other';
  };
  readonly 'payment.dispute_won': {
    readonly dispute: string;
  };
  readonly 'payment.dispute_lost': {
    readonly dispute: string;
  };
  readonly 'return.requested': {
    readonly return: string;
    readonly order?: string | undefined;
    readonly lines?: readonly ({
      readonly article: string;
      readonly variant?: string | undefined;
      readonly title?: string | undefined;
      readonly quantity: number;
      readonly unitPrice?: string | undefined;
    })[] | undefined;
    readonly value: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
    readonly reason?: 'changed_mind' | 'did_not_fit' | 'not_as_expected' | 'ordered_several' | 'found_cheaper' | 'arrived_too_late' | 'defect' | 'wrong_item_sent' | 'not_as_described' | 'damaged_in_transit' | 'missing_parts' | 'goodwill' | 'unspecified' | undefined;
  };
  readonly 'return.received': {
    readonly return: string;
    readonly order?: string | undefined;
    readonly lines?: readonly ({
      readonly article: string;
      readonly variant?: string | undefined;
      readonly title?: string | undefined;
      readonly quantity: number;
      readonly unitPrice?: string | undefined;
    })[] | undefined;
    readonly value: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
    readonly reason?: 'changed_mind' | 'did_not_fit' | 'not_as_expected' | 'ordered_several' | 'found_cheaper' | 'arrived_too_late' | 'defect' | 'wrong_item_sent' | 'not_as_described' | 'damaged_in_transit' | 'missing_parts' | 'goodwill' | 'unspecified' | undefined;
    readonly by?: 'parcel' | 'store' | 'credit_note' | undefined;
    readonly matchedOrders?: readonly string[] | undefined;
  };
  readonly 'return.inspected': {
    readonly return: string;
    readonly grade: 'new' | 'opened' | 'worn' | 'damaged' | 'wrong_item' | 'empty';
    readonly reasonFound?: 'confirmed' | 'refuted' | undefined;
  };
  readonly 'refund.issued': {
    readonly refund: string;
    readonly order?: string | undefined;
    readonly return?: string | undefined;
    readonly claim?: string | undefined;
    readonly amount: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    };
    readonly goodsBack: boolean;
    readonly reason?: 'changed_mind' | 'did_not_fit' | 'not_as_expected' | 'ordered_several' | 'found_cheaper' | 'arrived_too_late' | 'defect' | 'wrong_item_sent' | 'not_as_described' | 'damaged_in_transit' | 'missing_parts' | 'goodwill' | 'unspecified' | undefined;
  };
  readonly 'claim.opened': {
    readonly claim: string;
    readonly type: 'not_received' | 'damaged' | 'missing' | 'wrong_item' | 'duplicate_order' | 'wrong_address';
    readonly order?: string | undefined;
    readonly value?: {
      readonly amount: number;
      readonly currency: string;
      readonly rate?: string | undefined;
    } | undefined;
  };
  readonly 'claim.resolved': {
    readonly claim: string;
    readonly outcome: 'founded' | 'unfounded';
  };
  readonly 'complaint.opened': {
    readonly complaint: string;
    readonly order?: string | undefined;
    readonly about: 'product' | 'delivery' | 'service' | 'billing' | 'other';
  };
  readonly 'complaint.resolved': {
    readonly complaint: string;
    readonly outcome: 'founded' | 'unfounded';
  };
  readonly 'message.received': {
    readonly message: string;
    readonly channel: 'email' | 'phone' | 'chat' | 'social' | 'form' | 'in_person' | 'other';
    readonly language?: string | undefined;
    readonly order?: string | undefined;
    readonly labels?: readonly ('insult' | 'harassment' | 'hate' | 'threat_of_violence' | 'threat_of_publicity' | 'threat_of_legal_action' | 'extortion' | 'impossible_demand' | 'polite')[] | undefined;
    readonly labelledBy?: 'staff' | 'machine' | undefined;
  };
  readonly 'message.labelled': {
    readonly message: string;
    readonly labels: readonly ('insult' | 'harassment' | 'hate' | 'threat_of_violence' | 'threat_of_publicity' | 'threat_of_legal_action' | 'extortion' | 'impossible_demand' | 'polite')[];
    readonly labelledBy: 'staff' | 'machine';
  };
  readonly 'review.posted': {
    readonly review: string;
    readonly order?: string | undefined;
    readonly rating: number;
  };
  readonly 'review.assessed': {
    readonly review: string;
    readonly outcome: 'fair' | 'unfair';
  };
  readonly 'account.created': {
    readonly channel?: 'web' | 'store' | 'app' | 'import' | 'other' | undefined;
  };
  readonly 'account.closed': {
    readonly by: 'customer' | 'shop';
  };
  readonly 'note.added': {
    readonly pinned?: boolean | undefined;
  };
}

export type EventKind = keyof EventBodies;

/** What every event says of itself. */
export type EventEnvelope = {
  readonly id: string;
  readonly source?: string | undefined;
  readonly occurredAt: string;
  readonly customer: {
    readonly id?: string | undefined;
    readonly externalId?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly name?: string | undefined;
    readonly language?: string | undefined;
    readonly address?: {
      readonly street: string;
      readonly postcode?: string | undefined;
      readonly city?: string | undefined;
      readonly country?: string | undefined;
    } | undefined;
    readonly birthYear?: number | undefined;
    readonly device?: string | undefined;
    readonly card?: string | undefined;
  };
  readonly seen?: {
    readonly ip?: string | undefined;
    readonly device?: string | undefined;
    readonly card?: string | undefined;
    readonly address?: {
      readonly street: string;
      readonly postcode?: string | undefined;
      readonly city?: string | undefined;
      readonly country?: string | undefined;
    } | undefined;
  } | undefined;
  readonly text?: string | undefined;
};

/** One thing that happened, as POST /v1/events takes it. */
export type ReportedEvent = {
  readonly [K in EventKind]: EventEnvelope & { readonly kind: K } & (object extends EventBodies[K]
      ? { readonly body?: EventBodies[K] | undefined }
      : { readonly body: EventBodies[K] });
}[EventKind];

export type EventsResponse = {
  readonly added: number;
  readonly known: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly results: readonly ({
    readonly index: number;
    readonly status: 'added' | 'known' | 'conflict' | 'refused';
    readonly event?: string | undefined;
    readonly customer?: string | null | undefined;
    readonly error?: {
      readonly field: string;
      readonly message: string;
    } | undefined;
  })[];
};

/** POST /v1/customers/lookup: A customer’s standing */
export type CustomerRequest = {
  readonly externalId: string;
};

export type CustomerResponse = {
  readonly id: string;
  readonly standing: 'good' | 'watched' | 'warned' | 'restricted' | 'blocked';
  readonly since: string | null;
  readonly until: string | null;
  readonly orders: number;
  readonly orderedValue: number;
};

/** POST /v1/mail/bounces: Report mail that came back */
export type BounceRequest = {
  readonly messageId: string;
  readonly reason?: string | undefined;
};

export type BounceResponse = {
  readonly message: string;
  readonly recorded: boolean;
};

/** POST /v1/decisions: What may this customer do now? */
export type DecisionRequest = {
  readonly surface: 'purchase' | 'return' | 'contact' | 'review' | 'login';
  readonly customer: {
    readonly externalId?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly name?: string | undefined;
    readonly address?: {
      readonly street: string;
      readonly postcode?: string | undefined;
      readonly city?: string | undefined;
      readonly country?: string | undefined;
    } | undefined;
    readonly device?: string | undefined;
    readonly card?: string | undefined;
  };
  readonly order?: {
    readonly reference?: string | undefined;
    readonly total?: number | undefined;
    readonly currency?: string | undefined;
    readonly items?: number | undefined;
    readonly first?: boolean | undefined;
    readonly billingCountry?: string | undefined;
    readonly deliveryCountry?: string | undefined;
  } | undefined;
  readonly returnKind?: 'withdrawal' | 'faulty' | 'goodwill' | undefined;
  readonly ip?: string | undefined;
  readonly language?: string | undefined;
};

export type DecisionResponse = {
  readonly decision: string;
  readonly outcome: 'allow' | 'challenge' | 'review' | 'deny';
  readonly obligations: readonly ({
    readonly name: 'prepayment_only' | 'returns_need_photos' | 'returns_need_approval' | 'no_free_returns' | 'order_limit' | 'one_variant_per_article' | 'signature_on_delivery' | 'fixed_delivery_address' | 'official_channels_only' | 'reviews_need_approval' | 'manual_review';
    readonly words: string;
  })[];
  readonly reasons: readonly ({
    readonly kind: 'measure' | 'entry' | 'live' | 'likeness';
    readonly measure: string | null;
    readonly rule: string | null;
    readonly title: string;
    readonly detail: string | null;
    readonly policyVersion: number | null;
    readonly until: string | null;
  })[];
  readonly message: {
    readonly language: string;
    readonly text: string;
  } | null;
  readonly stale: boolean;
};

/** What is answered instead of success (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly errors?: readonly ({
    readonly field: string;
    readonly message: string;
  })[] | undefined;
  readonly why?: string | undefined;
};

/** What webhooks of each topic tell. */
export interface WebhookData {
  /** A measure began */
  readonly 'measure.started': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A measure was changed: what it asks, or until when */
  readonly 'measure.changed': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A measure was ended early */
  readonly 'measure.lifted': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A measure ran out */
  readonly 'measure.expired': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A measure was wrong, and is as if it had never been */
  readonly 'measure.voided': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A measure does not bite while an answer to an appeal is overdue */
  readonly 'measure.suspended': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A suspended measure runs on */
  readonly 'measure.resumed': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly measure: string;
  };
  /** A customer appealed */
  readonly 'appeal.filed': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly appeal: string;
  };
  /** An appeal was decided */
  readonly 'appeal.decided': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly appeal: string;
  };
  /** A customer withdrew an appeal */
  readonly 'appeal.withdrawn': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    };
    readonly appeal: string;
  };
  /** A customer was refused at a surface */
  readonly 'decision.denied': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** The customer’s number in your own system, where it is known. */
      readonly externalId: string | null;
    } | null;
    readonly decision: string;
  };
  /** A customer was erased: forget them too */
  readonly 'customer.erased': {
    /** The event in the ledger that this tells of. */
    readonly event: string;
    readonly customer: {
      /** Evenhand’s id of the customer. */
      readonly id: string;
      /** Erased with the rest. */
      readonly externalId: null;
    };
  };
}
