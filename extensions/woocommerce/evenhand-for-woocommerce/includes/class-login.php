<?php
/**
 * Signing in.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Asks when a customer signs in with the right password: nobody else learns anything. Staff are never asked about. Whoever is refused
 * reads how to withdraw from a purchase and where their own page is; nothing else of the shop is closed.
 */
final class Login {
	/** Delivery and the longest time to withdraw that shops commonly give, in seconds. */
	const MAY_WITHDRAW = 60 * 86400;
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

	/** Hooks it in, after every check of who it is. */
	public function hook() {
		// Without a way to withdraw and to be heard nobody is kept out.
		if ( $this->options->asks_at( 'login' ) && '' !== $this->options->get( 'portal' ) ) {
			add_filter( 'authenticate', array( $this, 'may_sign_in' ), 1000, 1 );
		}
	}

	/**
	 * The user, or why they cannot sign in.
	 *
	 * @param \WP_User|\WP_Error|null $user Who it is, as far as others say.
	 * @return \WP_User|\WP_Error|null
	 */
	public function may_sign_in( $user ) {
		if ( ! $user instanceof \WP_User || user_can( $user, 'edit_posts' ) || user_can( $user, 'manage_woocommerce' ) ) {
			return $user;
		}
		if ( '' === $this->options->get( 'withdrawal' ) && $this->may_still_withdraw( $user ) ) {
			return $user;
		}
		$answer = $this->evenhand->decide(
			'login',
			array(
				'externalId' => (string) $user->ID,
				'email'      => (string) $user->user_email,
			)
		);
		return $answer->refuses() ? new \WP_Error( 'evenhand_refused', $answer->html( $this->options ) ) : $user;
	}

	/**
	 * Bought not long ago: goods are on their way or may go back, and without a page for that the account is the only place to say so.
	 *
	 * @param \WP_User $user The customer.
	 */
	private function may_still_withdraw( $user ): bool {
		return array() !== wc_get_orders(
			array(
				'customer_id'  => $user->ID,
				'date_created' => '>' . ( time() - self::MAY_WITHDRAW ),
				'limit'        => 1,
				'return'       => 'ids',
			)
		);
	}
}
