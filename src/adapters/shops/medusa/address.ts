/** Where a Medusa server answers: "https://api.shop.example.com", also as people copy it, with /admin or /app behind it; null: it cannot be one. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(whole)) return null;
  const { protocol, host, hostname, pathname, username, search, hash } = new URL(whole);
  const isName = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[');
  if (!isName || username !== '' || search !== '' || hash !== '') return null;
  const path = pathname.replace(/\/+$/, '').replace(/\/(admin|app|store)(\/.*)?$/, '');
  return `${protocol}//${host}${path}`;
}
