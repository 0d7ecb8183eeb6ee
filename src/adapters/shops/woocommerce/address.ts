/** A shop's address as people type it: "https://shop.example.com", with the folder WordPress is in; null: it cannot be one. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, username, password, hostname, host, pathname } = new URL(whole);
  // WooCommerce takes keys in a header over https only.
  if (protocol !== 'https:' || username !== '' || password !== '' || !isName(hostname)) return null;
  const folder = pathname.replace(/\/wp-(json|admin).*$|\/wp-login\.php$/, '').replace(/\/+$/, '');
  return `https://${host}${folder}`;
}

const isName = (host: string): boolean => host === 'localhost' || host.includes('.') || host.startsWith('[');
