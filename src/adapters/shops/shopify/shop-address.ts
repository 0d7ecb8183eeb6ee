/** "name", "name.myshopify.com" and the address of its admin all name the shop "name.myshopify.com". Null: it cannot be one. */
export function readAddress(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  const name =
    /^(?:https:\/\/)?admin\.shopify\.com\/store\/([a-z0-9][a-z0-9-]*)(?:\/.*)?$/.exec(text)?.[1] ??
    /^(?:https:\/\/)?([a-z0-9][a-z0-9-]*)(?:\.myshopify\.com)?(?:\/.*)?$/.exec(text)?.[1];
  return name === undefined || name.length > 60 ? null : `${name}.myshopify.com`;
}
