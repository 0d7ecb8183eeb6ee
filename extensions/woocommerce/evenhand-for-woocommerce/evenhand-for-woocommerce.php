<?php
/**
 * Plugin Name: Evenhand for WooCommerce
 * Description: Asks Evenhand before an order, a sign-in or a review is taken, and tells the customer fairly where it is not.
 * Version: 1.1.0
 * Requires at least: 6.2
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * WC requires at least: 8.2
 * Author: Evenhand
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: evenhand-for-woocommerce
 * Domain Path: /languages
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

const VERSION = '1.1.0';

foreach ( array( 'options', 'answer', 'fit', 'evenhand', 'basket', 'conditions', 'checkout', 'cart', 'login', 'reviews', 'orders', 'settings', 'privacy' ) as $part ) {
	require_once __DIR__ . '/includes/class-' . $part . '.php';
}

/** Orders may live in WooCommerce's own tables, and the checkout may be the block one. */
add_action(
	'before_woocommerce_init',
	static function () {
		if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', __FILE__, true );
		}
	}
);

add_action(
	'plugins_loaded',
	static function () {
		if ( ! class_exists( 'WooCommerce' ) ) {
			return;
		}
		start();
	}
);

/** Hooks everything in. Nothing is asked before an address and a key are set. */
function start() {
	$options  = new Options();
	$evenhand = new Evenhand( $options );
	( new Orders( $options ) )->hook();
	( new Settings( $options, $evenhand ) )->hook();
	( new Privacy() )->hook();
	if ( ! $options->is_set_up() ) {
		return;
	}
	( new Checkout( $options, $evenhand ) )->hook();
	( new Cart( $options, $evenhand ) )->hook();
	( new Login( $options, $evenhand ) )->hook();
	( new Reviews( $options, $evenhand ) )->hook();
}
