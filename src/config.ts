import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from './adapters/refusal.ts';
import { mailServerFrom } from './config-mail.ts';
import type { MailServer } from './ports/hearing.ts';

/** Everything the surroundings tell Evenhand, read once at the start. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Absolute. Holds the embedded database, the secrets and the logs. */
  readonly dataFolder: string;
  /** A PostgreSQL server of one's own; without it the embedded one in the data folder is used. */
  readonly databaseUrl: string | undefined;
  /** The role the service works as on a server of one's own, where the administering role may not create one. */
  readonly serviceDatabaseUrl: string | undefined;
  /** A streaming replica of that server, which pages and lists are read from while it is fresh. */
  readonly readDatabaseUrl: string | undefined;
  /** The first owner, made at the start when the installation has no staff yet. */
  readonly owner: { readonly email: string; readonly password: string } | undefined;
  /** Loads the sample shop at the start. */
  readonly demo: boolean;
  /** Where customers reach this installation, for links in what they are sent: "https://fair.example.com". A shop may name its own. */
  readonly publicUrl: string;
  /** How shops send mail that have set no server of their own. */
  readonly mailServer: MailServer | undefined;
  /** Webhooks and shop systems may be on this machine or in a private network; otherwise only public addresses are reached. */
  readonly privateAddresses: boolean;
  /** Newer data on whose networks are whose than comes along (docs/networks.md). */
  readonly networksFolder: string | undefined;
  /** 32 bytes; without it the data folder keeps one. */
  readonly masterKey: Uint8Array | undefined;
}

/** Where Evenhand itself stands: a command finds its data whatever folder it is called from. */
const PROJECT = resolve(import.meta.dirname, '..');

const optional = z.string().optional();

const postgresUrl = optional.refine((text) => text === undefined || isPostgresUrl(text), {
  error: 'must look like postgres://role:password@host:5432/database',
});

const yesOrNo = z
  .string()
  .default('0')
  .refine((text) => isYes(text) || isNo(text), { error: 'must be 1 or 0' });

const Environment = z.object({
  PORT: z
    .string()
    .default('4040')
    .refine(isPort, { error: 'must be a whole number from 0 to 65535 (0 takes any free port)' }),
  HOST: z.string().default('127.0.0.1'),
  EVENHAND_PUBLIC_URL: optional.refine((text) => text === undefined || isPublicUrl(text), {
    error: 'must be the address customers reach this installation at, such as https://fair.example.com',
  }),
  EVENHAND_DATA: optional,
  DATABASE_URL: postgresUrl,
  DATABASE_READ_URL: postgresUrl,
  EVENHAND_SERVICE_DATABASE_URL: postgresUrl,
  EVENHAND_OWNER_EMAIL: optional.refine((text) => text === undefined || /^[^\s@]+@[^\s@]+$/.test(text), {
    error: 'must be an e-mail address',
  }),
  EVENHAND_OWNER_PASSWORD: optional,
  EVENHAND_SMTP_URL: optional,
  EVENHAND_MAIL_FROM: optional,
  EVENHAND_DEMO: yesOrNo,
  EVENHAND_PRIVATE_ADDRESSES: yesOrNo,
  EVENHAND_NETWORKS: optional,
  EVENHAND_MASTER_KEY: optional.refine((text) => text === undefined || decodeKey(text) !== null, {
    error: 'must be 32 bytes in base64 (make one with: openssl rand -base64 32)',
  }),
});

/**
 * Reads the environment; an empty variable counts as not set. A relative folder is one below `workingFolder`.
 * Throws a `Refusal` that names the first variable that cannot be used; never repeats the value of a secret.
 */
export function readConfig(environment: NodeJS.ProcessEnv, workingFolder: string): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal(`${issue?.path.join('.')} ${issue?.message}.`);
  }
  const env = parsed.data;
  if (env.EVENHAND_SERVICE_DATABASE_URL !== undefined && env.DATABASE_URL === undefined) {
    throw new Refusal(
      'EVENHAND_SERVICE_DATABASE_URL needs DATABASE_URL beside it: the role that may change the tables.',
    );
  }
  if (env.DATABASE_READ_URL !== undefined && env.DATABASE_URL === undefined) {
    throw new Refusal('DATABASE_READ_URL needs DATABASE_URL beside it: the server it is a replica of.');
  }
  return {
    port: Number(env.PORT),
    host: env.HOST,
    dataFolder: env.EVENHAND_DATA === undefined ? join(PROJECT, 'data') : resolve(workingFolder, env.EVENHAND_DATA),
    databaseUrl: env.DATABASE_URL,
    serviceDatabaseUrl: env.EVENHAND_SERVICE_DATABASE_URL,
    readDatabaseUrl: env.DATABASE_READ_URL,
    owner: ownerOf(env.EVENHAND_OWNER_EMAIL, env.EVENHAND_OWNER_PASSWORD),
    demo: isYes(env.EVENHAND_DEMO),
    publicUrl: (env.EVENHAND_PUBLIC_URL ?? addressOf(env.HOST, env.PORT)).replace(/\/+$/, ''),
    mailServer: mailServerFrom(env.EVENHAND_SMTP_URL, env.EVENHAND_MAIL_FROM),
    privateAddresses: isYes(env.EVENHAND_PRIVATE_ADDRESSES),
    networksFolder: env.EVENHAND_NETWORKS === undefined ? undefined : resolve(workingFolder, env.EVENHAND_NETWORKS),
    masterKey: env.EVENHAND_MASTER_KEY === undefined ? undefined : (decodeKey(env.EVENHAND_MASTER_KEY) ?? undefined),
  };
}

function ownerOf(email: string | undefined, password: string | undefined): Config['owner'] {
  if (email === undefined && password === undefined) return undefined;
  if (email === undefined)
    throw new Refusal('EVENHAND_OWNER_PASSWORD is set but EVENHAND_OWNER_EMAIL is not: set both or neither.');
  if (password === undefined)
    throw new Refusal('EVENHAND_OWNER_EMAIL is set but EVENHAND_OWNER_PASSWORD is not: set both or neither.');
  return { email, password };
}

const isYes = (text: string): boolean => text === '1' || text === 'true';
const isNo = (text: string): boolean => text === '0' || text === 'false';

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && search === '' && hash === '' && username === '';
}

/** The address served, as a browser on the same machine writes it. */
function addressOf(host: string, port: string): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  return new URL(text).pathname.length > 1;
}

function decodeKey(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 32 ? new Uint8Array(bytes) : null;
}
