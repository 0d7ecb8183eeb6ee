import type { Platform, PlatformName } from './types.ts';

type Field = Platform['fields'][number];

/** One way to get into a platform: what is asked for, and what is sent besides. */
export interface Way {
  readonly name: 'app' | 'signIn' | 'token' | 'plain';
  readonly fields: readonly Field[];
  readonly extra: Readonly<Record<string, string>>;
}

/** Fields that only matter when something was changed over there. */
const LATER: readonly string[] = ['oldClientSecret', 'signIn'];

/** Shopify gives a token in three ways, of which a merchant takes one. */
const SHOPIFY: readonly {
  readonly name: Way['name'];
  readonly needs: readonly string[];
  readonly extra: Way['extra'];
}[] = [
  { name: 'app', needs: ['clientId', 'clientSecret'], extra: {} },
  { name: 'signIn', needs: ['clientId', 'clientSecret'], extra: { signIn: 'yes' } },
  { name: 'token', needs: ['accessToken', 'clientSecret'], extra: {} },
];

/** The ways into a platform, the usual one first. */
export function waysInto({ name, fields, signsIn }: Pick<Platform, 'name' | 'fields' | 'signsIn'>): readonly Way[] {
  if (name !== 'shopify')
    return [{ name: 'plain', fields: fields.filter((field) => !LATER.includes(field.name)), extra: {} }];
  return SHOPIFY.filter((way) => way.name !== 'signIn' || signsIn).map(({ name: way, needs, extra }) => ({
    name: way,
    extra,
    fields: needs.flatMap((needed) => {
      const field = fields.find((each) => each.name === needed);
      return field === undefined ? [] : [{ ...field, required: true }];
    }),
  }));
}

/** What may be changed later: everything that is typed, none of it required, because what is left empty stays as it is. */
export function fieldsLater({ fields }: Pick<Platform, 'fields'>): readonly Field[] {
  return fields.filter((field) => field.name !== 'signIn').map((field) => ({ ...field, required: false }));
}

/** Who makes the secret that webhooks are signed with, and so what a new one means: shown to be pasted, set there by us, or the platform's own. */
export const secretOf: Readonly<Record<PlatformName, 'pasted' | 'ours' | 'theirs'>> = {
  shopify: 'theirs',
  woocommerce: 'ours',
  vendure: 'pasted',
  medusa: 'pasted',
  generic: 'pasted',
};
