import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  Injector,
  type Job,
  type JobQueue,
  JobQueueService,
  Logger,
  type OrderPlacedEvent,
  PluginCommonModule,
  RequestContextService,
  type RuntimeVendureConfig,
  VendurePlugin,
} from '@vendure/core';
import { Acts } from './acts';
import { Evenhand } from './ask';
import { CartInterceptor, Checkout, checkoutProcess } from './checkout';
import { Endpoint } from './endpoint';
import { heldParcels, holding } from './held';
import { asking } from './login';
import { type Configuration, configure, type EvenhandOptions } from './options';
import { prepaymentChecker } from './prepayment';
import { Records } from './records';
import { CONTEXT, Teller } from './tell';

type Again = { readonly order: string; readonly language: string };

/** Everything that lives as long as the server. */
interface Running {
  readonly configuration: Configuration;
  readonly evenhand: Evenhand;
  readonly checkout: Checkout;
  endpoint: Endpoint | null;
}

let running: Running | null = null;

/** Of the server that runs now. */
function now(): Running {
  if (running === null) throw new Error('Evenhand: call EvenhandPlugin.init({ … }) in the list of plugins');
  return running;
}

function configuration(config: RuntimeVendureConfig): RuntimeVendureConfig {
  const { authOptions, orderOptions, paymentOptions, shippingOptions, apiOptions } = config;
  authOptions.shopAuthenticationStrategy = authOptions.shopAuthenticationStrategy.map((strategy) =>
    asking(strategy, now().configuration, () => now().evenhand),
  );
  orderOptions.process = [...(orderOptions.process ?? []), checkoutProcess(() => now().checkout)];
  orderOptions.orderInterceptors = [
    ...(orderOptions.orderInterceptors ?? []),
    new CartInterceptor(() => now().checkout),
  ];
  paymentOptions.paymentMethodEligibilityCheckers = [
    ...(paymentOptions.paymentMethodEligibilityCheckers ?? []),
    prepaymentChecker(() => now().evenhand),
  ];
  shippingOptions.process = [...(shippingOptions.process ?? []), heldParcels];
  shippingOptions.fulfillmentHandlers = (shippingOptions.fulfillmentHandlers ?? []).map(holding);
  apiOptions.middleware = [
    ...(apiOptions.middleware ?? []),
    { route: '/evenhand', beforeListen: true, handler: answer },
  ];
  return config;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { endpoint } = now();
  if (endpoint === null) {
    response.writeHead(503).end();
    return;
  }
  endpoint.handle(request, response).catch(() => response.destroy());
}

/** Evenhand in a Vendure server: `plugins: [EvenhandPlugin.init({ hookUrl, hookSecret, apiKey })]`. */
@VendurePlugin({ imports: [PluginCommonModule], configuration, compatibility: '^3.3.0' })
export class EvenhandPlugin implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #injector: Injector;
  #teller: Teller | null = null;
  #again: JobQueue<Again> | null = null;
  #acts: Acts | null = null;
  #stopping = false;

  static init(options: EvenhandOptions): typeof EvenhandPlugin {
    const configured = configure(options);
    const evenhand = new Evenhand(configured);
    running = { configuration: configured, evenhand, checkout: new Checkout(evenhand, configured), endpoint: null };
    return EvenhandPlugin;
  }

  constructor(moduleRef: ModuleRef) {
    this.#injector = new Injector(moduleRef);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { configuration: configured, evenhand } = now();
    const records = new Records(this.#injector, configured);
    this.#acts = new Acts(this.#injector);
    now().endpoint = new Endpoint(configured, records, this.#acts, this.#injector);
    if (configured.settings === null) {
      Logger.warn('Not connected yet: connect this shop in Evenhand, and put what it shows into the options', CONTEXT);
      return;
    }
    this.#again = await this.#injector
      .get(JobQueueService)
      .createQueue<Again>({ name: 'evenhand-held', process: (job) => this.#lookAgain(job) });
    this.#teller = new Teller(evenhand, configured.settings, records, this.#injector);
    await this.#teller.start((event) => this.#placed(event));
  }

  onApplicationShutdown(): void {
    this.#stopping = true;
    this.#teller?.stop();
    now().evenhand.close();
  }

  /** Holds what is to be held, and leaves staff what only they can see to. */
  async #placed({ order, ctx }: OrderPlacedEvent): Promise<{ readonly asked: boolean }> {
    const known = now().checkout.take(String(order.id));
    if (known === null || this.#acts === null) return { asked: false };
    const context = await this.#context();
    if (known.notes.length > 0) await this.#acts.note(context, order.id, ['Evenhand:', ...known.notes].join('\n'));
    if (known.hold) {
      const held = await this.#acts.act(context, { kind: 'hold_order', order: String(order.id) }, '');
      if ('fault' in held) Logger.error(`Order ${order.code} could not be held`, CONTEXT);
      else if (!known.asked)
        await this.#again?.add({ order: String(order.id), language: ctx.languageCode }, { retries: 1_000 });
    }
    return { asked: known.asked };
  }

  /** An order that is held because Evenhand was silent goes on as soon as Evenhand has nothing against it. */
  async #lookAgain({ data }: Job<Again>): Promise<string> {
    const records = new Records(this.#injector, now().configuration);
    const order = await records.order(await this.#context(), data.order);
    if (order === null || order.customer === null) return 'it is gone';
    for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
      const answer = await now().evenhand.ask({
        surface: 'purchase',
        customer: { externalId: order.customer.id, email: order.customer.email },
        order: { reference: order.code },
        language: data.language,
      });
      if (answer !== null) {
        if (answer.outcome === 'deny' || answer.outcome === 'review') return 'a person looks at it';
        await this.#acts?.act(await this.#context(), { kind: 'release_order', order: data.order }, '');
        return 'released';
      }
      if (this.#stopping || wait >= 30_000) throw new Error('Evenhand does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  #context() {
    return this.#injector.get(RequestContextService).create({ apiType: 'admin' });
  }
}

Inject(ModuleRef)(EvenhandPlugin, undefined, 0);
