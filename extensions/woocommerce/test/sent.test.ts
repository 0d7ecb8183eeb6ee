import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PHP } from '@php-wasm/universal';
import { startEvenhand } from './evenhand.ts';
import { ORDER, PLACE, type Placed } from './order.ts';
import { inShop, startPhp, VERSIONS } from './php.ts';

/* What the plug-in tells of an order, held against the API's own contract. */

for (const version of VERSIONS)
  describe(`What is sent from PHP ${version}`, () => {
    let php: PHP;
    let evenhand: Awaited<ReturnType<typeof startEvenhand>>;
    before(async () => {
      php = await startPhp(version);
      evenhand = await startEvenhand();
    });
    after(() => {
      evenhand.stop();
      php.exit();
    });

    const options = () => ({ address: evenhand.url, key: evenhand.state.key });

    it('leaves out every field that is empty or longer than the API takes, and is answered', async () => {
      const asks = async (billing: string, more = '') => {
        evenhand.reset();
        const placed = await inShop<Placed>(
          php,
          options(),
          PLACE.replace(
            ORDER,
            () => `${ORDER} $order->is['billing'] = array( ${billing} ) + $order->is['billing']; ${more}`,
          ),
        );
        assert.equal(placed.meta._evenhand_decision, 'allow', 'not answered');
        return evenhand.asked[0]?.body as { customer: Record<string, unknown>; order: Record<string, unknown> };
      };
      const long = `str_repeat( 'é', 201 )`;
      const { customer } = await asks(
        `'first_name' => ${long}, 'postcode' => str_repeat( '1', 21 ), 'city' => ${long}, 'country' => 'nl', 'phone' => ${long}`,
      );
      assert.deepEqual(customer, { externalId: '25', email: 'bo@example.com', address: { street: 'Dam 1 Apt 4' } });
      const fits = await asks(`'first_name' => '', 'last_name' => str_repeat( 'é', 200 ), 'address_1' => ${long}`);
      assert.equal(fits.customer.name, 'é'.repeat(200));
      assert.equal(fits.customer.address, undefined);
      const wide = await asks(
        `'last_name' => '', 'first_name' => str_repeat( "\u{1F600}", 101 ), 'address_1' => "\u{A0}"`,
      );
      assert.deepEqual([wide.customer.name, wide.customer.address], [undefined, undefined]);
      const broken = await asks(`'first_name' => "\\xC3", 'email' => 'bo@', 'phone' => '-'`);
      assert.deepEqual(Object.keys(broken.customer), ['externalId', 'address']);
      const points = await asks('', `$order->is['currency'] = 'PTS'; $order->is['item_count'] = 100001;`);
      assert.deepEqual(points.order, { reference: '7', billingCountry: 'BE', deliveryCountry: 'NL' });
      const dinars = await asks('', `$order->is['currency'] = 'KWD'; $order->is['total'] = '1.234';`);
      assert.equal(dinars.order.total, 1234);
      for (const total of [`'-1'`, `'1e30'`]) {
        const { order } = await asks('', `$order->is['total'] = ${total};`);
        assert.deepEqual([order.total, order.currency], [undefined, undefined]);
      }
    });

    it('takes where a parcel goes for the buyer’s home only under their own name, where no bill names a street', async () => {
      const street = async (bill: string, parcel: string) => {
        evenhand.reset();
        const said = `$order->is['billing'] = array( ${bill} ) + $order->is['billing']; $order->is['shipping'] += array( ${parcel} );`;
        await inShop<Placed>(
          php,
          options(),
          PLACE.replace(ORDER, () => `${ORDER} ${said}`),
        );
        const customer = evenhand.asked[0]?.body.customer as
          | { readonly address?: { readonly street: string } }
          | undefined;
        return customer?.address?.street;
      };
      const own = `'first_name' => 'BÁ', 'last_name' => 'buyer.'`;
      const bare = `'first_name' => 'Bá', 'address_1' => ' '`;
      assert.equal(await street(bare, own), 'Kerkstraat 1');
      assert.equal(await street(`'first_name' => 'Bá'`, own), 'Dam 1 Apt 4');
      assert.equal(await street(bare, `'first_name' => 'Neighbour'`), undefined);
      assert.equal(await street(`${bare}, 'address_2' => 'Tel. 06 1234 5678'`, ''), undefined);
    });

    it('sends the address on the internet that the shop believes, and none of its own network', async () => {
      const sent = async (ip: string) => {
        evenhand.reset();
        const placed = await inShop<Placed>(php, options(), `$GLOBALS['ip'] = '${ip}'; ${PLACE}`);
        assert.equal(placed.meta._evenhand_decision, 'allow', ip);
        return evenhand.asked[0]?.body.ip;
      };
      assert.equal(await sent('203.0.113.9'), '203.0.113.9');
      assert.equal(await sent('::ffff:203.0.113.9'), '203.0.113.9');
      assert.equal(await sent('2a02:a450::9'), '2a02:a450::9');
      for (const ip of [
        '',
        'unknown',
        '127.0.0.1',
        '10.0.0.1',
        '172.18.0.1',
        '192.168.1.1',
        '100.64.0.1',
        '169.254.1.1',
      ])
        assert.equal(await sent(ip), undefined, ip);
      for (const ip of ['::1', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1']) assert.equal(await sent(ip), undefined, ip);
    });

    it('says whether an order is the first where that is quick to know', async () => {
      const first = async (before: string) => {
        evenhand.reset();
        const looked = await inShop<unknown>(
          php,
          options(),
          `${before} $placed = ( function () { ${PLACE} } )(); return $GLOBALS['looked_for'] ?? null;`,
        );
        const order = evenhand.asked[0]?.body.order as Record<string, unknown> | undefined;
        return [order?.first, looked] as const;
      };
      const own = `$GLOBALS['own_tables'] = true;`;
      const had = `$GLOBALS['orders'] = array( 3 );`;
      const paid = `$GLOBALS['wc']->customer = new Thing( array( 'id' => 25, 'is_paying_customer' => true ) );`;
      assert.deepEqual(await first(''), [undefined, null]);
      assert.deepEqual(await first(paid), [false, null]);
      assert.deepEqual((await first(own + had))[0], false);
      assert.deepEqual(await first(own), [
        true,
        {
          ...{ customer_id: 25, exclude: [7], limit: 1, type: 'shop_order', return: 'ids' },
          status: ['wc-processing', 'wc-on-hold', 'wc-completed', 'wc-refunded', 'wc-packed'],
        },
      ]);
      const other = paid.replace('25', '24');
      assert.deepEqual(await first(other), [undefined, null]);
    });
  });
