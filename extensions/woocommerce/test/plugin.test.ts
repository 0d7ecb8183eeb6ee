import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { PHP } from '@php-wasm/universal';
import { startEvenhand } from './evenhand.ts';
import { ORDER, PLACE, type Placed } from './order.ts';
import { inShop, patience, pluginFiles, startPhp, VERSIONS } from './php.ts';

/* The plug-in's own code in real PHP. What it asks goes over HTTP to a real server; WordPress is faked at its edge. */

const TEXT = 'We are sorry <b>Bo</b>, not until September.';

for (const version of VERSIONS)
  describe(`The plug-in on PHP ${version}`, () => {
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
    afterEach(() => {
      evenhand.reset();
      patience.times = 30;
    });

    const options = (more: Readonly<Record<string, string>> = {}) => ({
      address: evenhand.url,
      key: evenhand.state.key,
      portal: 'https://fair.example.com/p/mugs?a=1&b=2',
      login: 'allow',
      ...more,
    });

    it('is PHP', async () => {
      for (const [path, text] of pluginFiles()) {
        php.writeFile('/file.php', text);
        const run = await php.run({
          code: `<?php try { token_get_all( file_get_contents( '/file.php' ), TOKEN_PARSE ); } catch ( ParseError $e ) { echo $e->getMessage() . ' in line ' . $e->getLine(); }`,
        });
        assert.equal(run.text, '', path);
      }
      assert.ok(pluginFiles().size >= 12);
    });

    it('asks nobody before an address and a key are set', async () => {
      const placed = await inShop<Placed>(php, {}, PLACE);
      assert.deepEqual([placed.taken, placed.asked, placed.meta], [true, 0, []]);
    });

    it('asks about who orders what, and writes the answer to the order and nothing about the person', async () => {
      const placed = await inShop<Placed>(php, options(), PLACE);
      assert.deepEqual(placed, {
        taken: true,
        asked: 1,
        meta: { _evenhand_decision: 'allow', _evenhand_language: 'nl_NL' },
      });
      assert.deepEqual(evenhand.asked, [
        {
          path: '/v1/decisions',
          authorization: 'Bearer evh_test',
          body: {
            surface: 'purchase',
            customer: {
              ...{ externalId: '25', email: 'bo@example.com', phone: '+31612345678', name: 'Bo Buyer' },
              address: { street: 'Dam 1 Apt 4', postcode: '1012 JS', city: 'Amsterdam', country: 'BE' },
            },
            language: 'nl-NL',
            order: {
              ...{ reference: '7', total: 2010, currency: 'EUR', items: 3 },
              ...{ billingCountry: 'BE', deliveryCountry: 'NL' },
            },
          },
        },
      ]);
    });

    it('refuses with the sentence and a link to the portal, both made harmless', async () => {
      evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
      const placed = await inShop<Placed>(php, options(), PLACE);
      assert.deepEqual([placed.taken, placed.code, placed.meta], [false, 'evenhand_refused', []]);
      assert.equal(
        placed.html,
        'We are sorry &lt;b&gt;Bo&lt;/b&gt;, not until September. <a href="https://fair.example.com/p/mugs?a=1&amp;b=2">See why, and what you can do</a>.',
      );
    });

    it('does not ask while a checkout is filled in', async () => {
      const asked = await inShop<number>(
        php,
        options(),
        `${ORDER} do_action( 'woocommerce_store_api_checkout_update_order_from_request', $order, new Request( 'PUT' ) ); return $GLOBALS['asked'];`,
      );
      assert.equal(asked, 0);
    });

    it('does what the shop set when nothing is answered in time, or nonsense is', async () => {
      evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
      for (const mode of ['silent', 'broken'] as const) {
        evenhand.state.mode = mode;
        patience.times = mode === 'silent' ? 1 : 30;
        const allowed = await inShop<Placed>(php, options({ purchase: 'allow' }), PLACE);
        assert.deepEqual(
          [allowed.taken, allowed.meta._evenhand_look, allowed.meta._evenhand_decision],
          [true, undefined, ''],
        );
        const looked = await inShop<Placed>(php, options({ purchase: 'review' }), PLACE);
        assert.deepEqual([looked.taken, looked.meta._evenhand_look, looked.meta._evenhand_decision], [true, 'yes', '']);
      }
      evenhand.state.mode = 'answers';
      const wrongKey = await inShop<Placed>(php, options({ key: 'old' }), PLACE);
      assert.equal(wrongKey.taken, true);
      const nowhere = await inShop<Placed>(php, options({ address: 'http://127.0.0.1:9' }), PLACE);
      assert.equal(nowhere.taken, true);
      const off = await inShop<Placed>(php, options({ purchase: 'off' }), PLACE);
      assert.deepEqual([off.taken, off.asked], [true, 0]);
    });

    it('sets the time-out where WordPress cannot, and only for its own request', async () => {
      const seen = await inShop<readonly boolean[]>(
        php,
        options(),
        `${ORDER} do_action( 'woocommerce_store_api_checkout_update_order_from_request', $order, new Request( 'POST' ) );
         return array( $GLOBALS['curl'], has_hook( 'http_api_curl' ) && array() !== array_filter( $GLOBALS['hooks']['http_api_curl'][10] ) );`,
      );
      assert.deepEqual([...seen, patience.asked], [true, false, 0.3]);
    });

    it('keeps the conditions that a checkout can see to, and hands on the others', async () => {
      const under = async (obligation: string, before = '', settings = {}) => {
        evenhand.wishes.set('purchase', { outcome: 'challenge', text: 'Under conditions.', obligations: [obligation] });
        return inShop<Placed>(php, options(settings), `${before} ${PLACE}`);
      };
      const last = `$GLOBALS['orders'] = array( new Thing( array( 'shipping' => array( 'address_1' => 'KERKSTRAAT  1.', 'city' => 'Utrecht', 'postcode' => '3511 AA', 'country' => 'NL' ) ) ) );`;
      assert.equal((await under('prepayment_only')).taken, false);
      assert.equal((await under('prepayment_only', '', { pay_later: 'klarna' })).taken, true);
      assert.equal((await under('one_variant_per_article')).taken, false);
      assert.equal((await under('order_limit')).taken, true);
      assert.equal((await under('order_limit', last)).taken, false);
      assert.equal((await under('fixed_delivery_address', last)).taken, true);
      assert.equal((await under('fixed_delivery_address', last.replace('KERKSTRAAT', 'Elsewhere'))).taken, false);
      const signed = await under('signature_on_delivery');
      assert.deepEqual([signed.taken, signed.meta._evenhand_conditions], [true, 'signature_on_delivery']);
      assert.equal((await under('manual_review')).meta._evenhand_look, 'yes');
    });

    it('refuses at the classic checkout, once nothing else is wrong', async () => {
      evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
      const script = (
        before: string,
      ) => `$GLOBALS['wc']->cart->items = array( array( 'product_id' => 9, 'variation_id' => 0, 'quantity' => 2 ) );
        $data = array( 'billing_email' => 'bo@example.com', 'payment_method' => 'bacs', 'billing_phone' => '1', 'billing_last_name' => 'Buyer',
          'billing_address_1' => 'Dam 1', 'billing_country' => 'NL', 'shipping_last_name' => 'Neighbour', 'shipping_address_1' => 'Dam 3', 'shipping_country' => 'BE' );
        $errors = new WP_Error(); ${before}
        do_action( 'woocommerce_after_checkout_validation', $data, $errors );
        return array( array_keys( $errors->errors ), $GLOBALS['asked'] );`;
      assert.deepEqual(await inShop(php, options(), script('')), [['evenhand_refused'], 1]);
      assert.deepEqual(evenhand.asked[0]?.body, {
        surface: 'purchase',
        customer: { email: 'bo@example.com', name: 'Buyer', address: { street: 'Dam 1', country: 'NL' } },
        language: 'nl-NL',
        order: { total: 2000, currency: 'EUR', items: 2, billingCountry: 'NL', deliveryCountry: 'BE' },
      });
      assert.deepEqual(await inShop(php, options(), script(`$errors->add( 'terms', 'Read the terms.' );`)), [
        ['terms'],
        0,
      ]);
    });

    it('tells whoever is signed in at the cart, and remembers an allow for a minute', async () => {
      const add = (user: number) => `$GLOBALS['user'] = new WP_User( ${user}, 'bo@example.com' );
        $first = apply_filters( 'woocommerce_add_to_cart_validation', true, 9, 1 );
        $second = apply_filters( 'woocommerce_add_to_cart_validation', true, 9, 1 );
        return array( $first, $second, count( $GLOBALS['notices'] ), $GLOBALS['asked'], $GLOBALS['wc']->session->kept );`;
      const [first, second, notices, asked, kept] = await inShop<[boolean, boolean, number, number, object]>(
        php,
        options(),
        add(25),
      );
      assert.deepEqual([first, second, notices, asked, Object.keys(kept)], [true, true, 0, 1, ['evenhand_cart']]);
      evenhand.wishes.set('purchase', { outcome: 'deny', text: TEXT });
      assert.deepEqual((await inShop<unknown[]>(php, options(), add(25))).slice(0, 2), [false, false]);
      assert.deepEqual((await inShop<unknown[]>(php, options(), add(0))).slice(0, 4), [true, true, 0, 0]);
    });

    it('keeps nobody from signing in without a portal, and never staff', async () => {
      evenhand.wishes.set('login', { outcome: 'deny', text: TEXT });
      const signIn = (caps: string) => `
        $user = apply_filters( 'authenticate', new WP_User( 25, 'bo@example.com', array( ${caps} ) ) );
        return array( is_wp_error( $user ) ? $user->get_error_message() : 'in', $GLOBALS['asked'] );`;
      const [refused] = await inShop<[string]>(php, options({ withdrawal: 'https://shop.test/withdraw' }), signIn(''));
      assert.match(refused, /not until September.*fair\.example\.com.*shop\.test\/withdraw/);
      assert.deepEqual(await inShop(php, options(), signIn(`'edit_posts'`)), ['in', 0]);
      assert.deepEqual(await inShop(php, options(), signIn(`'manage_woocommerce'`)), ['in', 0]);
      assert.deepEqual(await inShop(php, options({ portal: '' }), signIn('')), ['in', 0]);
      const { login: _, ...defaults } = options();
      assert.deepEqual(await inShop(php, defaults, signIn('')), ['in', 0]);
      // Whoever may still want to withdraw, and could do so in the account only, gets in.
      const bought = `$GLOBALS['orders'] = array( new Thing( array() ) );`;
      assert.deepEqual(await inShop(php, options(), bought + signIn('')), ['in', 0]);
      const elsewhere = options({ withdrawal: 'https://shop.test/withdraw' });
      assert.notEqual((await inShop<[string]>(php, elsewhere, bought + signIn('')))[0], 'in');
      evenhand.state.mode = 'silent';
      patience.times = 1;
      assert.deepEqual(await inShop(php, options(), signIn('')), ['in', 1]);
      patience.times = 30;
      assert.deepEqual(
        await inShop(
          php,
          options(),
          `return array( is_wp_error( apply_filters( 'authenticate', new WP_Error( 'wrong', 'No.' ) ) ), $GLOBALS['asked'] );`,
        ),
        [true, 0],
      );
    });

    it('refuses a review, lets one wait, and asks about nothing else', async () => {
      const write = (post: number) => `try {
          apply_filters( 'preprocess_comment', array( 'comment_post_ID' => ${post}, 'user_id' => 0, 'comment_author_email' => 'bo@example.com' ) );
          return array( apply_filters( 'pre_comment_approved', 1 ), $GLOBALS['asked'] );
        } catch ( RefusedToGoOn $e ) { return array( $e->getCode(), $e->getMessage() ); }`;
      assert.deepEqual(await inShop(php, options(), write(9)), [1, 1]);
      assert.deepEqual(await inShop(php, options(), write(8)), [1, 0]);
      evenhand.wishes.set('review', { outcome: 'challenge', obligations: ['reviews_need_approval'] });
      assert.deepEqual(await inShop(php, options(), write(9)), [0, 1]);
      evenhand.wishes.set('review', { outcome: 'deny', text: TEXT });
      const [status, html] = await inShop<[number, string]>(php, options(), write(9));
      assert.equal(status, 403);
      assert.match(html, /&lt;b&gt;Bo/);
    });

    it('holds an order once, and only answers where WooCommerce only asks', async () => {
      const held = await inShop<Record<string, unknown>>(
        php,
        options(),
        `${ORDER} $order->meta['_evenhand_look'] = 'yes'; $order->is['status'] = 'pending';
         $answer = apply_filters( 'woocommerce_payment_complete_order_status', 'completed', 7, $order );
         $untouched = $order->meta;
         $order->update_status( 'processing' );
         $once = $order->is['status'];
         $order->update_status( 'processing' );
         return array( 'answer' => $answer, 'untouched' => $untouched, 'once' => $once, 'later' => $order->is['status'], 'meta' => $order->meta, 'notes' => count( $order->notes ) );`,
      );
      assert.deepEqual(held, {
        answer: 'on-hold',
        untouched: { _evenhand_look: 'yes' },
        once: 'on-hold',
        later: 'processing',
        meta: { _evenhand_held_from: 'processing' },
        notes: 1,
      });
    });

    it('tells refunds whole, and by whom an order was cancelled', async () => {
      const told = await inShop<Record<string, unknown>>(
        php,
        options(),
        `${ORDER}
         $item = new Thing( array( 'id' => 4, 'name' => 'Mug', 'product_id' => 9, 'variation_id' => 0, 'quantity' => -1, 'total' => '-8.264463', 'total_tax' => '-1.735537', 'product' => new Thing( array( 'sku' => 'MUG' ) ) ) );
         $order->is['refunds'] = array( new Thing( array( 'id' => 51, 'date_created' => '2026-03-09T10:00:00', 'amount' => '10', 'reason' => 'Defect', 'items' => array( $item ) ) ) );
         $GLOBALS['orders'] = array( $order );
         do_action( 'woocommerce_order_status_cancelled', 7, $order );
         do_action( 'woocommerce_cancelled_order', 7 );
         $told = apply_filters( 'woocommerce_rest_prepare_shop_order_object', new Response( array( 'id' => 7 ) ), $order )->get_data();
         $told['evenhand']['cancelled']['at'] = (bool) preg_match( '/^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$/', $told['evenhand']['cancelled']['at'] );
         return $told;`,
      );
      assert.deepEqual(told, {
        id: 7,
        evenhand: {
          version: '1.1.0',
          refunds: [
            {
              id: 51,
              date_created_gmt: '2026-03-09T10:00:00',
              amount: '10.00',
              reason: 'Defect',
              line_items: [
                {
                  id: 4,
                  name: 'Mug',
                  product_id: 9,
                  variation_id: 0,
                  quantity: -1,
                  total: '-8.26',
                  total_tax: '-1.74',
                  sku: 'MUG',
                },
              ],
            },
          ],
          cancelled: { at: true, by: 'customer' },
        },
      });
    });

    it('keeps settings for managers only, from its own form only, and shows no key', async () => {
      const save = (
        post: string,
        caps = `'manage_woocommerce'`,
      ) => `$GLOBALS['user'] = new WP_User( 1, '', array( ${caps} ) );
        $_POST = array( ${post} );
        try { do_action( 'admin_post_evenhand_save' ); } catch ( RefusedToGoOn $e ) {
          return array( $e->getCode(), $e->getMessage(), $GLOBALS['options']['evenhand_options'] );
        }`;
      const nonce = `'_wpnonce' => 'nonce of evenhand_save'`;
      type Saved = [number, string, Record<string, string>];
      assert.equal((await inShop<Saved>(php, options(), save(nonce, `'edit_posts'`)))[0], 403);
      assert.equal((await inShop<Saved>(php, options(), save(`'_wpnonce' => 'x'`)))[0], 403);
      const [status, to, kept] = await inShop<Saved>(
        php,
        options(),
        save(
          `${nonce}, 'address' => 'https://fair.example.com/', 'key' => '', 'purchase' => 'review', 'login' => 'explode', 'pay_later' => 'COD, Klarna!'`,
        ),
      );
      assert.deepEqual([status, to.includes('kept=1')], [302, true]);
      assert.deepEqual(
        [kept.address, kept.key, kept.purchase, kept.login, kept.pay_later],
        ['https://fair.example.com', 'evh_test', 'review', 'allow', 'cod, klarna'],
      );
      const [, wrong, untouched] = await inShop<Saved>(
        php,
        options(),
        save(`${nonce}, 'address' => 'javascript:alert(1)'`),
      );
      assert.ok(wrong.includes('wrong=address'));
      assert.equal(untouched.address, evenhand.url);
      const page = await inShop<string>(
        php,
        options({ portal: '"><script>alert(1)</script>' }),
        `$GLOBALS['user'] = new WP_User( 1, '', array( 'manage_woocommerce' ) ); $_GET = array( 'tested' => 'ok', 'ms' => '"><script>' );
         ob_start(); ( new \\Evenhand\\WooCommerce\\Settings( new \\Evenhand\\WooCommerce\\Options(), new \\Evenhand\\WooCommerce\\Evenhand( new \\Evenhand\\WooCommerce\\Options() ) ) )->show(); return ob_get_clean();`,
      );
      assert.ok(page.includes('the key is good') && !page.includes('<script>') && !page.includes('evh_test'));
    });

    it('tests the connection without recording anything', async () => {
      const test = `$GLOBALS['user'] = new WP_User( 1, '', array( 'manage_woocommerce' ) ); $_POST = array( '_wpnonce' => 'nonce of evenhand_test' );
        try { do_action( 'admin_post_evenhand_test' ); } catch ( RefusedToGoOn $e ) { return $e->getMessage(); }`;
      assert.match(await inShop<string>(php, options(), test), /tested=ok/);
      assert.match(await inShop<string>(php, options({ key: 'old' }), test), /tested=key/);
      assert.match(await inShop<string>(php, options({ address: 'http://127.0.0.1:9' }), test), /tested=silent/);
      assert.deepEqual([...new Set(evenhand.asked.map(({ path }) => path))], ['/v1/customers/lookup']);
    });

    it('goes without leaving anything of its own', async () => {
      const left = await inShop<[unknown, unknown[]]>(
        php,
        options(),
        `define( 'WP_UNINSTALL_PLUGIN', true ); require '/plugin/uninstall.php'; return array( get_option( 'evenhand_options', null ), $GLOBALS['forgotten'] );`,
      );
      assert.equal(left[0], null);
      assert.equal(left[1].length, 4);
    });
  });
