<?php
/**
 * What the shop has set.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * The settings, kept in one option. A surface is `off` (not asked), or says what happens when Evenhand does not answer in time:
 * `allow` (go on) or `review` (a colleague looks first).
 */
final class Options {
	const NAME     = 'evenhand_options';
	const SURFACES = array(
		'purchase' => array( 'off', 'allow', 'review' ),
		'cart'     => array( 'off', 'allow' ),
		'review'   => array( 'off', 'allow', 'review' ),
		'login'    => array( 'off', 'allow' ),
	);
	const DEFAULTS = array(
		'address'      => '',
		'key'          => '',
		'portal'       => '',
		'withdrawal'   => '',
		'pay_later'    => 'cod',
		'purchase'     => 'allow',
		'cart'         => 'allow',
		'review'       => 'allow',
		// Off until the shop decides: whoever cannot sign in sees their orders no more.
		'login'        => 'off',
	);

	/**
	 * A setting.
	 *
	 * @param string $name Its name.
	 */
	public function get( string $name ): string {
		$kept  = get_option( self::NAME, array() );
		$value = is_array( $kept ) && isset( $kept[ $name ] ) && is_string( $kept[ $name ] ) ? $kept[ $name ] : self::DEFAULTS[ $name ];
		return isset( self::SURFACES[ $name ] ) && ! in_array( $value, self::SURFACES[ $name ], true ) ? self::DEFAULTS[ $name ] : $value;
	}

	/** There is somebody to ask. */
	public function is_set_up(): bool {
		return '' !== $this->get( 'address' ) && '' !== $this->get( 'key' );
	}

	/**
	 * Evenhand is asked at a surface.
	 *
	 * @param string $surface Its name.
	 */
	public function asks_at( string $surface ): bool {
		return $this->is_set_up() && 'off' !== $this->get( $surface );
	}

	/**
	 * Ways of paying in which the money comes after the goods.
	 *
	 * @return string[] Ids of gateways.
	 */
	public function pay_later(): array {
		return array_values( array_filter( array_map( 'trim', explode( ',', $this->get( 'pay_later' ) ) ) ) );
	}

	/**
	 * Keeps what was typed, put in order. What is none of ours is left out, and an empty key leaves the one there is.
	 *
	 * @param array $typed As it came from the form, unslashed.
	 * @return string[] What is wrong with it, in words; empty when it was kept.
	 */
	public function keep( array $typed ): array {
		$text = static function ( string $name ) use ( $typed ): string {
			return isset( $typed[ $name ] ) && is_string( $typed[ $name ] ) ? trim( $typed[ $name ] ) : '';
		};
		$kept = array();
		foreach ( array_keys( self::SURFACES ) as $surface ) {
			$wish             = $text( $surface );
			$kept[ $surface ] = in_array( $wish, self::SURFACES[ $surface ], true ) ? $wish : $this->get( $surface );
		}
		$kept['pay_later'] = implode( ', ', array_filter( array_map( 'sanitize_key', explode( ',', $text( 'pay_later' ) ) ) ) );
		$kept['key']       = '' === $text( 'key' ) ? $this->get( 'key' ) : sanitize_text_field( $text( 'key' ) );
		$faults            = array();
		foreach ( array( 'address', 'portal', 'withdrawal' ) as $name ) {
			$url           = untrailingslashit( esc_url_raw( $text( $name ), array( 'https', 'http' ) ) );
			$kept[ $name ] = $url;
			if ( '' !== $text( $name ) && ( '' === $url || ! is_web_address( $url ) ) ) {
				$faults[] = $name;
			}
		}
		if ( array() !== $faults ) {
			return $faults;
		}
		update_option( self::NAME, $kept );
		return array();
	}
}

/**
 * A URL with a host. WordPress's own check refuses private networks, where an Evenhand of one's own often is.
 *
 * @param string $url What was typed.
 */
function is_web_address( string $url ): bool {
	$parts = wp_parse_url( $url );
	return is_array( $parts ) && ! empty( $parts['host'] ) && empty( $parts['user'] ) && empty( $parts['pass'] );
}
