/** The part of `@medusajs/framework/types` that is used. */
export interface QueryAnswer {
  readonly data: readonly unknown[];
}

export interface Query {
  graph(asked: {
    readonly entity: string;
    readonly fields: readonly string[];
    readonly filters?: Readonly<Record<string, unknown>>;
    readonly pagination?: {
      readonly skip: number;
      readonly take: number;
      readonly order: Readonly<Record<string, 'ASC' | 'DESC'>>;
    };
  }): Promise<QueryAnswer>;
}

export interface OrderModule {
  listOrders(
    filters: { readonly id: string },
    config: { readonly select: readonly string[] },
  ): Promise<readonly { readonly metadata?: Record<string, unknown> | null }[]>;
  retrieveOrder(id: string): Promise<{ readonly metadata?: Record<string, unknown> | null }>;
  updateOrders(id: string, change: { readonly metadata: Record<string, unknown> }): Promise<unknown>;
}

export interface CustomerModule {
  listCustomers(
    filters: { readonly id: string },
    config: { readonly withDeleted: boolean },
  ): Promise<readonly { readonly id: string }[]>;
}

export interface Logger {
  warn(line: string): void;
}

export interface MedusaContainer {
  resolve(name: 'query'): Query;
  resolve(name: 'logger'): Logger;
  resolve(name: 'order'): OrderModule;
  resolve(name: 'customer'): CustomerModule;
  resolve<Service>(name: string): Service;
}
