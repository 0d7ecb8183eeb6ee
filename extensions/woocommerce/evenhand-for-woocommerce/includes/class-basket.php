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
	 * The customer as Evenhand is asked about them: externalId, email, phone.
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
	 * Total, currency and items, as the API takes them.
	 *
	 * @var array
	 */
	public $order;
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
		$basket->customer       = array(
			'externalId' => (string) $order->get_customer_id(),
			'email'      => (string) $order->get_billing_email(),
			'phone'      => (string) $order->get_billing_phone(),
		);
		$basket->payment_method = (string) $order->get_payment_method();
		$basket->delivery       = self::line( $order->get_address( 'shipping' ), $order->get_address( 'billing' ) );
		$basket->order_id       = (int) $order->get_id();
		$basket->articles       = array();
		foreach ( $order->get_items() as $item ) {
			$basket->articles[] = array( (int) $item->get_product_id(), (int) $item->get_variation_id() );
		}
		$basket->order = self::about( (float) $order->get_total(), (string) $order->get_currency(), count( $basket->articles ) );
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
		$basket->customer       = array(
			'externalId' => (string) get_current_user_id(),
			'email'      => $field( 'billing_email' ),
			'phone'      => $field( 'billing_phone' ),
		);
		$basket->payment_method = $field( 'payment_method' );
		$addresses              = array();
		foreach ( array( 'shipping', 'billing' ) as $kind ) {
			foreach ( array( 'address_1', 'address_2', 'postcode', 'city', 'country' ) as $part ) {
				$addresses[ $kind ][ $part ] = $field( $kind . '_' . $part );
			}
		}
		$basket->delivery = self::line( $addresses['shipping'], $addresses['billing'] );
		$basket->articles = array();
		foreach ( $cart->get_cart() as $item ) {
			$basket->articles[] = array( (int) $item['product_id'], (int) $item['variation_id'] );
		}
		$basket->order = self::about( (float) $cart->get_total( 'edit' ), (string) get_woocommerce_currency(), count( $basket->articles ) );
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
	 * As the API takes it. Amounts are whole minor units of the currency.
	 *
	 * @param float  $total    As WooCommerce counts.
	 * @param string $currency ISO 4217.
	 * @param int    $items    Lines.
	 */
	private static function about( float $total, string $currency, int $items ): array {
		$decimals = array(
			'BHD' => 3,
			'IQD' => 3,
			'JOD' => 3,
			'KWD' => 3,
			'LYD' => 3,
			'OMR' => 3,
			'TND' => 3,
			'BIF' => 0,
			'CLP' => 0,
			'DJF' => 0,
			'GNF' => 0,
			'ISK' => 0,
			'JPY' => 0,
			'KMF' => 0,
			'KRW' => 0,
			'PYG' => 0,
			'RWF' => 0,
			'UGX' => 0,
			'VND' => 0,
			'VUV' => 0,
			'XAF' => 0,
			'XOF' => 0,
			'XPF' => 0,
		);
		$minor    = (int) round( $total * ( 10 ** ( $decimals[ $currency ] ?? 2 ) ) );
		return $minor < 0 || 3 !== strlen( $currency ) ? array() : array(
			'total'    => $minor,
			'currency' => $currency,
			'items'    => $items,
		);
	}
}
