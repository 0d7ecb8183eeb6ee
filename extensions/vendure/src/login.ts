import {
  type AuthenticationStrategy,
  Customer,
  type Injector,
  Order,
  type RequestContext,
  TransactionalConnection,
  type User,
} from '@vendure/core';
import { MoreThan } from 'typeorm';
import type { Evenhand } from './ask';
import { sentenceOf } from './obligations';
import type { Configuration } from './options';

/**
 * The strategy as it is, but that somebody who has shown who they are is asked about. Nobody learns anything of a customer by typing
 * their address alone, and whoever bought something lately comes in whatever was decided: there they follow, withdraw and complain.
 */
export function asking(
  strategy: AuthenticationStrategy,
  configuration: Configuration,
  evenhand: () => Evenhand,
): AuthenticationStrategy {
  let connection: TransactionalConnection;
  const asked: AuthenticationStrategy = Object.create(strategy);
  asked.init = async (injector: Injector): Promise<void> => {
    connection = injector.get(TransactionalConnection);
    await strategy.init?.(injector);
  };
  asked.authenticate = async (ctx: RequestContext, data: unknown): Promise<User | false | string> => {
    const user = await strategy.authenticate(ctx, data);
    if (configuration.settings === null || !configuration.login || typeof user !== 'object') return user;
    const customer = await connection.getRepository(ctx, Customer).findOne({ where: { user: { id: user.id } } });
    if (customer === null) return user;
    const answer = await evenhand().ask({
      surface: 'login',
      customer: { externalId: String(customer.id), email: customer.emailAddress },
      language: ctx.languageCode,
    });
    if (answer?.outcome !== 'deny') return user;
    return (await boughtLately(ctx, customer)) ? user : sentenceOf(answer);
  };
  const boughtLately = (ctx: RequestContext, customer: Customer): Promise<boolean> => {
    const since = new Date(Date.now() - configuration.loginStaysOpenDays * 86_400_000);
    return connection
      .getRepository(ctx, Order)
      .exists({ where: { customer: { id: customer.id }, orderPlacedAt: MoreThan(since) } });
  };
  return asked;
}
