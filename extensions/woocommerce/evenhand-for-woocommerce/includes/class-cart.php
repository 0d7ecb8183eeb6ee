<?php
/**
 * The cart.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Tells customers who are signed in at the cart already, instead of after they filled in a checkout. Guests are not known here. */
final class Cart {
	/** For how long an answer counts, in seconds: people click often. */
	const FRESH = 60;
	const KEY   = 'evenhand_cart';

	/**
	 * The settings.
	 *
	 * @var Options
	 */
	private $options;
	/**
	 * Whom to ask.
	 *
	 * @var Evenhand
	 */
	private $evenhand;

	/**
	 * Makes one.
	 *
	 * @param Options  $options  The settings.
	 * @param Evenhand $evenhand Whom to ask.
	 */
	public function __construct( Options $options, Evenhand $evenhand ) {
		$this->options  = $options;
		$this->evenhand = $evenhand;
	}

	/** Hooks it in. */
	public function hook() {
		if ( $this->options->asks_at( 'cart' ) ) {
			add_filter( 'woocommerce_add_to_cart_validation', array( $this, 'may_add' ), 100, 1 );
		}
	}

	/**
	 * Whether something may go into the cart.
	 *
	 * @param bool $passed It may, as far as others say.
	 */
	public function may_add( $passed ) {
		if ( ! $passed || ! is_user_logged_in() || $this->was_allowed() ) {
			return $passed;
		}
		$user   = wp_get_current_user();
		$answer = $this->evenhand->decide(
			'purchase',
			array(
				'externalId' => (string) $user->ID,
				'email'      => (string) $user->user_email,
			),
			'cart'
		);
		if ( $answer->refuses() ) {
			wc_add_notice( $answer->html( $this->options ), 'error' );
			return false;
		}
		if ( isset( WC()->session ) ) {
			WC()->session->set( self::KEY, time() );
		}
		return $passed;
	}

	/** It was allowed a moment ago. What is remembered is that, and when. */
	private function was_allowed(): bool {
		$when = isset( WC()->session ) ? (int) WC()->session->get( self::KEY, 0 ) : 0;
		return $when <= time() && $when > time() - self::FRESH;
	}
}
