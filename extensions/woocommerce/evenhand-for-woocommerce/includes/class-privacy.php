<?php
/**
 * Privacy.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Words for the shop's privacy policy. The plug-in has no table of its own; what was answered about an order it writes to that order. */
final class Privacy {
	/** Hooks it in. */
	public function hook() {
		add_action( 'admin_init', array( $this, 'suggest' ) );
	}

	/** Suggests a paragraph. */
	public function suggest() {
		if ( function_exists( 'wp_add_privacy_policy_content' ) ) {
			wp_add_privacy_policy_content(
				'Evenhand',
				wp_kses_post(
					'<p>' . __( 'When you order, write a review or (where we use it) sign in, we ask our own system Evenhand whether conditions agreed for your account apply. For that your customer number and e-mail address are sent to it, and when you order also the name, address and phone number of your bill, the IP address you order from and what the order comes to. It compares them and stores nothing of them. What it knows about you, why, and how to object is on your own page with us.', 'evenhand-for-woocommerce' ) . '</p>'
				)
			);
		}
	}
}
