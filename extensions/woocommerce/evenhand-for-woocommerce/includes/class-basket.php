<?php
/**
 * What somebody is about to buy.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** The same of an order of the block checkout and of the cart at the classic one. Kept nowhere. */
final class Basket {
	/**
	 * The customer as Evenhand is asked about them: externalId, email, phone, name, and the address where they live.
	 *
	 * @var array
	 */
	public $customer;
	/**
	 * The gateway's id.
	 *
	 * @var string
	 */
	public $payment_method;
	/**
	 * Pairs of product and variation.
	 *
	 * @var array<array{0: int, 1: int}>
	 */
	public $articles;
	/**
	 * Where it goes, in one line.
	 *
	 * @var string
	 */
	public $delivery;
	/**
	 * What is known of the order, as `Fit::order` takes it.
	 *
	 * @var array
	 */
	public $order;
	/**
	 * From where the customer is buying, as WooCommerce believes it.
	 *
	 * @var string
	 */
	public $ip = '';
	/**
	 * Its own number, or 0.
	 *
	 * @var int
	 */
	public $order_id = 0;

	/**
	 * Of an order that the block checkout is about to place.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of_order( $order ): Basket {
		$basket                 = new Basket();
		$billing                = $order->get_address( 'billing' );
		$shipping               = $order->get_address( 'shipping' );
		$basket->customer       = self::buyer( (string) $order->get_customer_id(), $billing, $shipping );
		$basket->ip             = (string) \WC_Geolocation::get_ip_address();
		$basket->payment_method = (string) $order->get_payment_method();
		$basket->delivery       = self::line( $shipping, $billing );
		$basket->order_id       = (int) $order->get_id();
		$basket->articles       = array();
		foreach ( $order->get_items() as $item ) {
			$basket->articles[] = array( (int) $item->get_product_id(), (int) $item->get_variation_id() );
		}
		$basket->order = array(
			'reference'       => (string) $basket->order_id,
			'total'           => (float) $order->get_total(),
			'currency'        => (string) $order->get_currency(),
			'items'           => (int) $order->get_item_count(),
			'first'           => self::is_first( $basket->customer, $basket->order_id ),
			'billingCountry'  => $billing['country'] ?? '',
			'deliveryCountry' => $shipping['country'] ?? '',
		);
		return $basket;
	}

	/**
	 * Of the cart, with what was typed at the classic checkout.
	 *
	 * @param array    $data The fields.
	 * @param \WC_Cart $cart The cart.
	 */
	public static function of_cart( array $data, $cart ): Basket {
		$field                  = static function ( string $name ) use ( $data ): string {
			return isset( $data[ $name ] ) && is_scalar( $data[ $name ] ) ? (string) $data[ $name ] : '';
		};
		$basket                 = new Basket();
		$basket->payment_method = $field( 'payment_method' );
		$addresses              = array();
		foreach ( array( 'shipping', 'billing' ) as $kind ) {
			foreach ( array( 'first_name', 'last_name', 'email', 'phone', 'address_1', 'address_2', 'postcode', 'city', 'country' ) as $part ) {
				$addresses[ $kind ][ $part ] = $field( $kind . '_' . $part );
			}
		}
		$basket->customer = self::buyer( (string) get_current_user_id(), $addresses['billing'], $addresses['shipping'] );
		$basket->ip       = (string) \WC_Geolocation::get_ip_address();
		$basket->delivery = self::line( $addresses['shipping'], $addresses['billing'] );
		$basket->articles = array();
		foreach ( $cart->get_cart() as $item ) {
			$basket->articles[] = array( (int) $item['product_id'], (int) $item['variation_id'] );
		}
		$basket->order = array(
			'total'           => (float) $cart->get_total( 'edit' ),
			'currency'        => (string) get_woocommerce_currency(),
			'items'           => (int) $cart->get_cart_contents_count(),
			'first'           => self::is_first( $basket->customer, 0 ),
			'billingCountry'  => $addresses['billing']['country'],
			'deliveryCountry' => $addresses['shipping']['country'],
		);
		return $basket;
	}

	/**
	 * An address in one line, so that two can be compared.
	 *
	 * @param array $shipping Where it goes.
	 * @param array $billing  Where the bill goes, and the goods when nothing else is said.
	 */
	public static function line( array $shipping, array $billing ): string {
		$address = '' === trim( (string) ( $shipping['address_1'] ?? '' ) ) ? $billing : $shipping;
		$parts   = array();
		foreach ( array( 'address_1', 'address_2', 'postcode', 'city', 'country' ) as $part ) {
			$parts[] = trim( (string) preg_replace( '/[\s.,]+/u', ' ', strtolower( (string) ( $address[ $part ] ?? '' ) ) ) );
		}
		return implode( '|', $parts );
	}

	/**
	 * Who is buying.
	 *
	 * @param string $id       Customer number, or 0.
	 * @param array  $billing  Where the bill goes: whoever is named there buys.
	 * @param array  $shipping Where the parcel goes, which may be to somebody else. It counts under the same name, where no bill names a street.
	 */
	private static function buyer( string $id, array $billing, array $shipping ): array {
		$name   = static function ( array $address ): string {
			return trim( trim( (string) ( $address['first_name'] ?? '' ) ) . ' ' . trim( (string) ( $address['last_name'] ?? '' ) ) );
		};
		$plain  = static function ( string $text ): string {
			return trim( (string) preg_replace( '/[^\p{L}\p{N}]+/u', ' ', strtolower( remove_accents( $text ) ) ) );
		};
		$is_own = '' !== $plain( $name( $billing ) ) && $plain( $name( $billing ) ) === $plain( $name( $shipping ) );
		$billed = '' !== trim( (string) ( $billing['address_1'] ?? '' ) );
		return array(
			'externalId' => $id,
			'email'      => (string) ( $billing['email'] ?? '' ),
			'phone'      => (string) ( $billing['phone'] ?? '' ),
			'name'       => $name( $billing ),
			'address'    => $is_own && ! $billed ? $shipping : $billing,
		);
	}

	/**
	 * Whether nothing was ordered before; null: it is not known, or would take long to find out.
	 *
	 * @param array $customer As `buyer` gives it.
	 * @param int   $but      The number of the order at hand, or 0.
	 */
	private static function is_first( array $customer, int $but ): ?bool {
		$id    = (int) $customer['externalId'];
		$whose = isset( WC()->customer ) ? WC()->customer : null;
		if ( $id > 0 && null !== $whose && (int) $whose->get_id() === $id && $whose->get_is_paying_customer() ) {
			return false;
		}
		// The older tables have no index by customer or address.
		if ( ! \Automattic\WooCommerce\Utilities\OrderUtil::custom_orders_table_usage_is_enabled() || ( $id <= 0 && ! is_email( $customer['email'] ) ) ) {
			return null;
		}
		$never_taken = array( 'wc-checkout-draft', 'wc-pending', 'wc-failed', 'wc-cancelled' );
		$found       = wc_get_orders(
			( $id > 0 ? array( 'customer_id' => $id ) : array( 'billing_email' => $customer['email'] ) ) + array(
				'status'  => array_values( array_diff( array_keys( wc_get_order_statuses() ), $never_taken ) ),
				'exclude' => array( $but ),
				'limit'   => 1,
				'type'    => 'shop_order',
				'return'  => 'ids',
			)
		);
		return is_array( $found ) ? array() === $found : null;
	}
}
