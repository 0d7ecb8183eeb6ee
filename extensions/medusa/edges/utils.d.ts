/** The part of `@medusajs/framework/utils` that is used. */
export declare const ContainerRegistrationKeys: { readonly QUERY: 'query'; readonly LOGGER: 'logger' };
export declare const Modules: { readonly ORDER: 'order'; readonly CUSTOMER: 'customer' };

export declare class MedusaError extends Error {
  static readonly Types: { readonly NOT_ALLOWED: 'not_allowed' };
  constructor(type: string, message: string);
}

interface Property {
  primaryKey(): Property;
  nullable(): Property;
  default(value: unknown): Property;
}

export declare const model: {
  define(name: string, schema: Readonly<Record<string, Property>>): Model;
  id(options: { readonly prefix: string }): Property;
  text(): Property;
  number(): Property;
  boolean(): Property;
  dateTime(): Property;
};

interface Model {
  readonly name: string;
}

interface Finding {
  readonly take?: number;
  readonly order?: Readonly<Record<string, 'ASC' | 'DESC'>>;
}

type Filters = Readonly<Record<string, unknown>>;

/** A service has these for each of its models. */
type Methods<Name extends string> = {
  [K in `list${Name}s`]: (filters: Filters, config?: Finding) => Promise<unknown[]>;
} & {
  [K in `listAndCount${Name}s`]: (filters: Filters, config?: Finding) => Promise<[unknown[], number]>;
} & {
  [K in `create${Name}s`]: (data: Filters | readonly Filters[]) => Promise<unknown>;
} & {
  [K in `update${Name}s`]: (data: Filters) => Promise<unknown>;
} & {
  [K in `delete${Name}s`]: (ids: string | string[]) => Promise<void>;
};

type AllMethods<Names extends string> = (Names extends string ? (each: Methods<Names>) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

export declare function MedusaService<Models extends Readonly<Record<string, Model>>>(
  models: Models,
): new (
  ...given: unknown[]
) => AllMethods<keyof Models & string>;

export declare function Module(
  name: string,
  definition: { readonly service: new (container: Record<string, unknown>, options?: never) => unknown },
): unknown;
