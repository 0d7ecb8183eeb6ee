/**
 * A Vendure server's address as people type it, with a folder if it lies in one; null: it cannot be one. Without encryption only on this
 * machine or in a network of one's own.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(whole)) return null;
  const { protocol, username, password, hostname, host, pathname } = new URL(whole);
  if (username !== '' || password !== '' || hostname === '') return null;
  if (protocol !== 'https:' && !(protocol === 'http:' && isNear(hostname))) return null;
  const folder = pathname.replace(/\/(admin|admin-api|shop-api|dashboard|evenhand)(\/.*)?$/, '').replace(/\/+$/, '');
  return `${protocol}//${host}${folder}`;
}

const isNear = (host: string): boolean =>
  !host.includes('.') || /^\d+\.\d+\.\d+\.\d+$/.test(host) || /\.(internal|local|lan)$/.test(host);
