<?php
/**
 * Reviews of products.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Asks when somebody writes a review. What a person is to read first waits with the other comments. */
final class Reviews {
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
	 * What was answered in this request.
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
		if ( $this->options->asks_at( 'review' ) ) {
			add_filter( 'preprocess_comment', array( $this, 'may_write' ), 100, 1 );
			add_filter( 'pre_comment_approved', array( $this, 'approved' ), 100, 1 );
		}
	}

	/**
	 * Refuses a review, as WordPress refuses comments.
	 *
	 * @param array $comment What was written.
	 */
	public function may_write( $comment ) {
		$this->answer = null;
		if ( ! is_array( $comment ) || 'product' !== get_post_type( (int) ( $comment['comment_post_ID'] ?? 0 ) ) ) {
			return $comment;
		}
		$user = (int) ( $comment['user_id'] ?? ( $comment['user_ID'] ?? 0 ) );
		if ( $user > 0 && user_can( $user, 'moderate_comments' ) ) {
			return $comment;
		}
		$this->answer = $this->evenhand->decide(
			'review',
			array(
				'externalId' => (string) $user,
				'email'      => (string) ( $comment['comment_author_email'] ?? '' ),
			)
		);
		if ( $this->answer->refuses() ) {
			wp_die(
				wp_kses_post( $this->answer->html( $this->options ) ),
				esc_html__( 'Your review', 'evenhand-for-woocommerce' ),
				array(
					'response'  => 403,
					'back_link' => true,
				)
			);
		}
		return $comment;
	}

	/**
	 * Whether a review appears at once.
	 *
	 * @param int|string|\WP_Error $approved As far as others say.
	 * @return int|string|\WP_Error
	 */
	public function approved( $approved ) {
		$waits = null !== $this->answer
			&& ( $this->answer->needs_a_look() || in_array( 'reviews_need_approval', $this->answer->conditions, true ) );
		return $waits && 1 === (int) ( is_scalar( $approved ) ? $approved : 0 ) && 'spam' !== $approved ? 0 : $approved;
	}
}
