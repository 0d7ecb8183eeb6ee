<?php
/**
 * What Evenhand answered.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** An answer at a surface, or that none came in time. */
final class Answer {
	const OUTCOMES = array( 'allow', 'challenge', 'review', 'deny' );

	/**
	 * One of OUTCOMES.
	 *
	 * @var string
	 */
	public $outcome;
	/**
	 * What the customer is to read, as plain text in their language; empty with a plain allow.
	 *
	 * @var string
	 */
	public $text;
	/**
	 * Names of conditions.
	 *
	 * @var string[]
	 */
	public $conditions;
	/**
	 * Evenhand said nothing in time.
	 *
	 * @var bool
	 */
	public $silent;

	/**
	 * Makes one.
	 *
	 * @param string   $outcome    One of OUTCOMES.
	 * @param string   $text       What the customer is to read.
	 * @param string[] $conditions Names of conditions.
	 * @param bool     $silent     It is the shop's own setting, as nothing was answered.
	 */
	public function __construct( string $outcome, string $text = '', array $conditions = array(), bool $silent = false ) {
		$this->outcome    = $outcome;
		$this->text       = $text;
		$this->conditions = $conditions;
		$this->silent     = $silent;
	}

	/**
	 * Reads an answer of the API; null when it is none.
	 *
	 * @param mixed $body The decoded body.
	 */
	public static function read( $body ): ?Answer {
		if ( ! is_array( $body ) || ! isset( $body['outcome'] ) || ! in_array( $body['outcome'], self::OUTCOMES, true ) ) {
			return null;
		}
		$text       = isset( $body['message']['text'] ) && is_string( $body['message']['text'] ) ? $body['message']['text'] : '';
		$conditions = array();
		foreach ( isset( $body['obligations'] ) && is_array( $body['obligations'] ) ? $body['obligations'] : array() as $one ) {
			if ( isset( $one['name'] ) && is_string( $one['name'] ) ) {
				$conditions[] = $one['name'];
			}
		}
		return new Answer( $body['outcome'], $text, $conditions );
	}

	/** The customer is refused. */
	public function refuses(): bool {
		return 'deny' === $this->outcome;
	}

	/** A colleague is to look at it first. */
	public function needs_a_look(): bool {
		return 'review' === $this->outcome || in_array( 'manual_review', $this->conditions, true );
	}

	/**
	 * The message as HTML, with links to where the customer can do something about it.
	 *
	 * @param Options $options The settings.
	 */
	public function html( Options $options ): string {
		$text  = '' === $this->text ? __( 'We are sorry, we cannot take this now. Please write to us.', 'evenhand-for-woocommerce' ) : $this->text;
		$html  = nl2br( esc_html( $text ), false );
		$links = array(
			'portal'     => __( 'See why, and what you can do', 'evenhand-for-woocommerce' ),
			'withdrawal' => __( 'Withdraw from a purchase', 'evenhand-for-woocommerce' ),
		);
		foreach ( $links as $name => $label ) {
			if ( '' !== $options->get( $name ) ) {
				$html .= ' <a href="' . esc_url( $options->get( $name ) ) . '">' . esc_html( $label ) . '</a>.';
			}
		}
		return $html;
	}
}
