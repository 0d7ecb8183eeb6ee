<?php
/**
 * The checkouts.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Asks once at either checkout, before anything is charged. */
final class Checkout {
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
	 * What was answered in this request, until it is written to the order.
	 *
	 * @var Answer|null
	 */
	private $answer = null;

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
		if ( ! $this->options->asks_at( 'purchase' ) ) {
			return;
		}
		add_action( 'woocommerce_store_api_checkout_update_order_from_request', array( $this, 'at_block_checkout' ), 100, 2 );
		add_action( 'woocommerce_after_checkout_validation', array( $this, 'at_classic_checkout' ), 100, 2 );
		add_action( 'woocommerce_checkout_create_order', array( $this, 'write_down' ), 100, 1 );
	}

	/**
	 * The block checkout places an order. While it is filled in, the same hook comes with other methods.
	 *
	 * @param \WC_Order        $order   The order.
	 * @param \WP_REST_Request $request The request.
	 * @throws \Automattic\WooCommerce\StoreApi\Exceptions\RouteException When the order is not taken.
	 */
	public function at_block_checkout( $order, $request ) {
		if ( 'POST' !== $request->get_method() ) {
			return;
		}
		$refusal = $this->refusal( Basket::of_order( $order ) );
		if ( null !== $refusal ) {
			// The client puts it into a notice, whose HTML it cleans to links and breaks.
			throw new \Automattic\WooCommerce\StoreApi\Exceptions\RouteException( 'evenhand_refused', $refusal, 400 ); // phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped
		}
		$this->write_down( $order );
	}

	/**
	 * The classic checkout looks whether it can place an order.
	 *
	 * @param array     $data   The fields.
	 * @param \WP_Error $errors What is wrong so far.
	 */
	public function at_classic_checkout( $data, $errors ) {
		if ( $errors->has_errors() ) {
			return;
		}
		$refusal = $this->refusal( Basket::of_cart( (array) $data, WC()->cart ) );
		if ( null !== $refusal ) {
			$errors->add( 'evenhand_refused', $refusal );
		}
	}

	/**
	 * Writes to the order that was asked what the answer was: nothing about the person.
	 *
	 * @param \WC_Order $order The order.
	 */
	public function write_down( $order ) {
		if ( null === $this->answer ) {
			return;
		}
		// Silence is not an answer: orders taken in silence are looked at afterwards, by Evenhand itself.
		$order->update_meta_data( '_evenhand_decision', $this->answer->silent ? '' : $this->answer->outcome );
		$order->update_meta_data( '_evenhand_language', determine_locale() );
		if ( $this->answer->needs_a_look() ) {
			$order->update_meta_data( '_evenhand_look', 'yes' );
		}
		$for_people = Conditions::for_people( $this->answer->conditions );
		if ( array() !== $for_people ) {
			$order->update_meta_data( '_evenhand_conditions', implode( ', ', $for_people ) );
		}
	}

	/**
	 * Why a basket is refused, as HTML; null: it is not.
	 *
	 * @param Basket $basket What is about to be bought.
	 */
	private function refusal( Basket $basket ): ?string {
		$this->answer = $this->evenhand->decide( 'purchase', $basket->customer, 'purchase', $basket->order, $basket->ip );
		if ( $this->answer->refuses() || null !== Conditions::broken( $this->answer->conditions, $basket, $this->options ) ) {
			return $this->answer->html( $this->options );
		}
		return null;
	}
}
