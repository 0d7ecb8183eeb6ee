/** What a shop says about itself and about Evenhand. The first three are shown once by Evenhand, under Shop system. */
export interface EvenhandOptions {
  /** Where Evenhand is told what happens: "https://fair.example.com/hooks/<connection>". */
  readonly hookUrl?: string | undefined;
  /** Signs what is sent to Evenhand: "whsec_…". */
  readonly hookSecret?: string | undefined;
  /** The key with which decisions are asked for: "ehk_…". */
  readonly apiKey?: string | undefined;
  /** How long a checkout waits for an answer, in milliseconds. 300 unless said otherwise. */
  readonly timeoutMs?: number | undefined;
  /**
   * What to do with an order when Evenhand does not answer in time. allow: it goes through, and Evenhand looks at it afterwards. review: it
   * goes through and is not fulfilled before a person released it. "allow" unless said otherwise.
   */
  readonly whenSilent?: 'allow' | 'review' | undefined;
  /** Whether to ask when something is put into the cart. True unless said otherwise. */
  readonly cart?: boolean | undefined;
}

export interface Settings {
  readonly hookUrl: string;
  readonly hookSecret: string;
  readonly apiKey: string;
  readonly decisionsUrl: string;
}

export interface Configuration {
  /** Null: nothing was filled in yet. Then the plug-in keeps quiet and refuses nobody. */
  readonly settings: Settings | null;
  readonly timeoutMs: number;
  readonly whenSilent: 'allow' | 'review';
  readonly cart: boolean;
}

/** Reads the options. Throws one sentence that says which is wrong and what to do. */
export function configure(options: EvenhandOptions): Configuration {
  const { timeoutMs = 300, whenSilent = 'allow', cart = true } = options;
  if (!Number.isInteger(timeoutMs) || timeoutMs < 20 || timeoutMs > 10_000)
    throw new Error('Evenhand: timeoutMs must be a whole number of milliseconds from 20 to 10000');
  if (whenSilent !== 'allow' && whenSilent !== 'review')
    throw new Error('Evenhand: whenSilent must be "allow" or "review"');
  return { settings: readSettings(options), timeoutMs, whenSilent, cart };
}

function readSettings({ hookUrl = '', hookSecret = '', apiKey = '' }: EvenhandOptions): Settings | null {
  const given = [hookUrl, hookSecret, apiKey].filter((value) => value !== '');
  if (given.length === 0) return null;
  if (given.length < 3)
    throw new Error(
      'Evenhand: hookUrl, hookSecret and apiKey belong together; copy all three from Evenhand, under Shop system',
    );
  const found = URL.canParse(hookUrl) ? /^(.*)\/hooks\/[^/]+$/.exec(hookUrl) : null;
  if (found === null)
    throw new Error('Evenhand: hookUrl must be an address such as https://fair.example.com/hooks/<connection>');
  if (!/^whsec_[A-Za-z0-9+/_=-]{24,}$/.test(hookSecret))
    throw new Error('Evenhand: hookSecret must be the secret that Evenhand showed; it begins with whsec_');
  return { hookUrl, hookSecret, apiKey, decisionsUrl: `${found[1]}/v1/decisions` };
}
