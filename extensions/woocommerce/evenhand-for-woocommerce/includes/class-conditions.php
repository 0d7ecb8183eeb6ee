<?php
/**
 * Whether a basket keeps the conditions it is under.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** The conditions a checkout can see to by itself. The others are written to the order, for whoever packs it. */
final class Conditions {
	const KEPT_HERE = array( 'prepayment_only', 'one_variant_per_article', 'order_limit', 'fixed_delivery_address', 'manual_review' );

	/**
	 * The first condition that a basket does not keep; null: it keeps them all.
	 *
	 * @param string[] $conditions Their names.
	 * @param Basket   $basket     What is about to be bought.
	 * @param Options  $options    The settings.
	 */
	public static function broken( array $conditions, Basket $basket, Options $options ): ?string {
		foreach ( $conditions as $condition ) {
			if ( self::breaks( $condition, $basket, $options ) ) {
				return $condition;
			}
		}
		return null;
	}

	/**
	 * Conditions that people must see to.
	 *
	 * @param string[] $conditions Their names.
	 * @return string[]
	 */
	public static function for_people( array $conditions ): array {
		return array_values( array_diff( $conditions, self::KEPT_HERE ) );
	}

	/**
	 * Whether one is broken.
	 *
	 * @param string  $condition Its name.
	 * @param Basket  $basket    What is about to be bought.
	 * @param Options $options   The settings.
	 */
	private static function breaks( string $condition, Basket $basket, Options $options ): bool {
		switch ( $condition ) {
			case 'prepayment_only':
				return in_array( $basket->payment_method, $options->pay_later(), true );
			case 'one_variant_per_article':
				return self::has_two_of_one( $basket->articles );
			case 'order_limit':
				return array() !== self::orders( $basket, array( 'processing', 'on-hold' ), 1 );
			case 'fixed_delivery_address':
				foreach ( self::orders( $basket, array( 'processing', 'on-hold', 'completed' ), 1 ) as $last ) {
					return Basket::line( $last->get_address( 'shipping' ), $last->get_address( 'billing' ) ) !== $basket->delivery;
				}
				return false;
			default:
				return false;
		}
	}

	/**
	 * Two variations of one product.
	 *
	 * @param array<array{0: int, 1: int}> $articles Pairs of product and variation.
	 */
	private static function has_two_of_one( array $articles ): bool {
		$seen = array();
		foreach ( $articles as list( $product, $variation ) ) {
			if ( isset( $seen[ $product ] ) && $seen[ $product ] !== $variation ) {
				return true;
			}
			$seen[ $product ] = $variation;
		}
		return false;
	}

	/**
	 * The customer's latest orders but for this one.
	 *
	 * @param Basket   $basket   Whose.
	 * @param string[] $statuses In these.
	 * @param int      $limit    At most so many.
	 * @return \WC_Order[]
	 */
	private static function orders( Basket $basket, array $statuses, int $limit ): array {
		$who = (int) $basket->customer['externalId'] > 0
			? array( 'customer_id' => (int) $basket->customer['externalId'] )
			: array( 'billing_email' => $basket->customer['email'] );
		if ( array( 'billing_email' => '' ) === $who ) {
			return array();
		}
		$found = wc_get_orders(
			$who + array(
				'status'  => $statuses,
				'exclude' => array( $basket->order_id ),
				'limit'   => $limit,
				'orderby' => 'date',
				'order'   => 'DESC',
				'type'    => 'shop_order',
			)
		);
		return is_array( $found ) ? $found : array();
	}
}
