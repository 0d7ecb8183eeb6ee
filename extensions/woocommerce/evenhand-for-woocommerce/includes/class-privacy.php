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
					'<p>' . __( 'When you order, write a review or (where we use it) sign in, we ask our own system Evenhand whether conditions agreed for your account apply. For that your customer number, e-mail address and phone number are sent to it. What it knows about you, why, and how to object is on your own page with us.', 'evenhand-for-woocommerce' ) . '</p>'
				)
			);
		}
	}
}
