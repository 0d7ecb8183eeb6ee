import type { PaymentKind, ReasonCode } from './payload';

/** What a shop says about itself and about Evenhand. The first three are shown once by Evenhand, under Shop system. */
export interface EvenhandOptions {
  /** Where Evenhand is told what happens: "https://fair.example.com/hooks/<connection>". Left out: the plug-in waits, and refuses nobody. */
  readonly hookUrl?: string | undefined;
  /** Signs what is sent to Evenhand, and what Evenhand asks of this server: "whsec_…". */
  readonly hookSecret?: string | undefined;
  /** The key with which decisions are asked for: "ehk_…". */
  readonly apiKey?: string | undefined;
  /** How long a checkout waits for an answer, in milliseconds. 300 unless said otherwise. */
  readonly timeoutMs?: number;
  /**
   * What to do with an order when Evenhand does not answer in time. allow: it goes through, and Evenhand looks at it afterwards. review:
   * it goes through and is held until Evenhand, or a colleague, has looked at it. "allow" unless said otherwise.
   */
  readonly whenSilent?: 'allow' | 'review';
  /** Whether to ask when something is put into the cart of a known customer. True unless said otherwise. */
  readonly cart?: boolean;
  /** Whether to ask at log-in. True unless said otherwise. */
  readonly login?: boolean;
  /**
   * For how many days after an order its customer may log in whatever was decided, because the account is where they follow it, withdraw
   * from it and report faults. 60 unless said otherwise.
   */
  readonly loginStaysOpenDays?: number;
  /** How each payment method is paid, by its code in Vendure, for example `{ stripe: 'card', 'pay-later': 'invoice' }`. */
  readonly paymentKinds?: Readonly<Record<string, PaymentKind>>;
  /** What the reasons mean that staff choose for refunds and cancellations, by the words they choose. See README. */
  readonly reasons?: Readonly<Record<string, ReasonCode>>;
}

export interface Settings {
  readonly hookUrl: URL;
  readonly hookSecret: string;
  readonly apiKey: string;
}

export interface Configuration {
  /** Null: Evenhand has not shown them yet. */
  readonly settings: Settings | null;
  readonly timeoutMs: number;
  readonly whenSilent: 'allow' | 'review';
  readonly cart: boolean;
  readonly login: boolean;
  readonly loginStaysOpenDays: number;
  readonly paymentKinds: Readonly<Record<string, PaymentKind>>;
  readonly reasons: Readonly<Record<string, ReasonCode>>;
}

/** Reads the options. Throws one sentence that says which is wrong and what to do. */
export function configure(options: EvenhandOptions): Configuration {
  const timeoutMs = options.timeoutMs ?? 300;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 20 || timeoutMs > 10_000)
    throw new Error('Evenhand: timeoutMs must be a whole number of milliseconds from 20 to 10000');
  const loginStaysOpenDays = options.loginStaysOpenDays ?? 60;
  if (!Number.isInteger(loginStaysOpenDays) || loginStaysOpenDays < 14)
    throw new Error(
      'Evenhand: loginStaysOpenDays must be at least 14, the days in which a purchase can be withdrawn from',
    );
  return {
    settings: readSettings(options),
    timeoutMs,
    whenSilent: options.whenSilent ?? 'allow',
    cart: options.cart ?? true,
    login: options.login ?? true,
    loginStaysOpenDays,
    paymentKinds: options.paymentKinds ?? {},
    reasons: options.reasons ?? {},
  };
}

function readSettings({ hookUrl, hookSecret, apiKey }: EvenhandOptions): Settings | null {
  const given = [hookUrl, hookSecret, apiKey].filter((value) => value !== undefined && value !== '');
  if (given.length === 0) return null;
  if (given.length < 3)
    throw new Error(
      'Evenhand: hookUrl, hookSecret and apiKey belong together; copy all three from Evenhand, under Shop system',
    );
  if (!URL.canParse(hookUrl as string) || !/\/hooks\/[^/]+$/.test(hookUrl as string))
    throw new Error('Evenhand: hookUrl must be an address such as https://fair.example.com/hooks/<connection>');
  if (!/^whsec_[A-Za-z0-9+/=]{24,}$/.test(hookSecret as string))
    throw new Error('Evenhand: hookSecret must be the secret that Evenhand showed; it begins with whsec_');
  return { hookUrl: new URL(hookUrl as string), hookSecret: hookSecret as string, apiKey: apiKey as string };
}
