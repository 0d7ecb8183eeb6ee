import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Html, html, Html as Raw } from '../src/core/shared/html.ts';
import { openMailbox, type Received } from '../test/support/smtp.ts';

/** A mail server for development, and the page that shows what it took. */
export interface DevMail {
  /** For EVENHAND_SMTP_URL. */
  readonly smtpUrl: string;
  readonly pageUrl: string;
  readonly close: () => Promise<void>;
}

/** How many messages are kept; they live in memory only. */
const MOST = 500;

/**
 * Starts a real SMTP server on loopback that delivers nothing, and a page at `port` (any free one, where it is taken) that lists and
 * shows its messages.
 */
export async function startDevMail(port: number): Promise<DevMail> {
  const mailbox = await openMailbox({ most: MOST });
  const pages = createServer((request, response) => {
    const local = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '');
    if (local) answer(mailbox.inbox, new URL(request.url ?? '/', 'http://localhost').pathname, response);
    else response.writeHead(403).end();
  });
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      pages.once('error', reject).listen(wanted, '127.0.0.1', () => resolve());
    });
  await listen(port).catch(() => listen(0));
  return {
    smtpUrl: mailbox.url,
    pageUrl: `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`,
    async close() {
      pages.closeAllConnections();
      await Promise.all([mailbox.close(), new Promise((resolve) => pages.close(resolve))]);
    },
  };
}

/** Nothing but our own styles; what a message holds is shown in a frame that can do nothing but open links. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
const MESSAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

function answer(inbox: readonly Received[], path: string, response: ServerResponse): void {
  const send = (status: number, type: string, policy: string, body: string) =>
    response
      .writeHead(status, {
        'content-type': `${type}; charset=utf-8`,
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .end(body);
  if (path === '/') return void send(200, 'text/html', PAGE_POLICY, listPage(inbox));
  const [, id, part] = /^\/messages\/(\d+)(\/html|\/raw)?$/.exec(path) ?? [];
  const mail = inbox.find((each) => String(each.number) === id);
  if (mail === undefined)
    return void send(404, 'text/html', PAGE_POLICY, page('No such message', html`<p><a href="/">All messages</a></p>`));
  if (part === '/html')
    return void send(200, 'text/html', MESSAGE_POLICY, `<!doctype html><base target="_blank">${mail.html}`);
  if (part === '/raw') return void send(200, 'text/plain', PAGE_POLICY, mail.raw);
  send(200, 'text/html', PAGE_POLICY, messagePage(mail));
}

function listPage(inbox: readonly Received[]): string {
  const rows = inbox.toReversed().map(
    (mail) => html`<tr>
      <td><a href="/messages/${mail.number}" dir="auto">${mail.subject === '' ? '(no subject)' : mail.subject}</a></td>
      <td dir="ltr">${mail.to.join(', ')}</td>
      <td dir="ltr">${new Date(mail.at).toISOString().replace('T', ' ').slice(0, 19)}</td>
    </tr>`,
  );
  return page(
    'Sent mail',
    html`<p>Everything that is sent while developing lands here, and goes nowhere else.</p>
    ${rows.length === 0 ? html`<p>Nothing yet.</p>` : html`<table><thead><tr><th>Subject</th><th>To</th><th>Sent (UTC)</th></tr></thead><tbody>${rows}</tbody></table>`}`,
    new Raw('<meta http-equiv="refresh" content="3">'),
  );
}

function messagePage(mail: Received): string {
  const headers = mail.mail.headers.map(({ originalKey, value }) => html`<dt>${originalKey}</dt><dd>${value}</dd>`);
  const links = [...new Set(mail.links)].map(
    (href) => html`<li><a href="${href}" target="_blank" rel="noreferrer">${href}</a></li>`,
  );
  return page(
    mail.subject === '' ? '(no subject)' : mail.subject,
    html`<p><a href="/">All messages</a> · to <bdi>${mail.to.join(', ')}</bdi> · <a href="/messages/${mail.number}/raw">as it was sent</a></p>
    ${links.length === 0 ? null : html`<h2>Links</h2><ul dir="ltr">${links}</ul>`}
    <h2>HTML</h2>
    <iframe title="The message as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail.number}/html"></iframe>
    <h2>Text</h2><pre dir="auto">${mail.text}</pre>
    <h2>Headers</h2><dl dir="ltr">${headers}</dl>`,
  );
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 64rem; margin: 0 auto; padding: 1rem; }
  h1 { font-size: 1.4rem; unicode-bidi: plaintext; }
  h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 70vh; border: 1px solid #8888; background: #fff; }
  pre { white-space: pre-wrap; border: 1px solid #8884; padding: 1rem; overflow-wrap: anywhere; }
  dt { font-weight: 600; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
  li { overflow-wrap: anywhere; }`;

function page(title: string, body: Html, head: Html | null = null): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${title}</title><style>${new Raw(STYLE)}</style></head>
<body><h1>${title}</h1>${body}</body></html>
`.text;
}
