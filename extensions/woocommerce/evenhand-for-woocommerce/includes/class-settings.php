<?php
/**
 * The settings page.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** WooCommerce, Evenhand: where it is, its key, what happens at each surface when it does not answer, and a test. */
final class Settings {
	const PAGE = 'evenhand';
	const MAY  = 'manage_woocommerce';

	/**
	 * The settings.
	 *
	 * @var Options
	 */
	private $options;
	/**
	 * Whom to test.
	 *
	 * @var Evenhand
	 */
	private $evenhand;

	/**
	 * Makes one.
	 *
	 * @param Options  $options  The settings.
	 * @param Evenhand $evenhand Whom to test.
	 */
	public function __construct( Options $options, Evenhand $evenhand ) {
		$this->options  = $options;
		$this->evenhand = $evenhand;
	}

	/** Hooks it in. */
	public function hook() {
		add_action( 'admin_menu', array( $this, 'offer' ), 60 );
		add_action( 'admin_post_evenhand_save', array( $this, 'save' ) );
		add_action( 'admin_post_evenhand_test', array( $this, 'test' ) );
	}

	/** Puts the page under WooCommerce. */
	public function offer() {
		add_submenu_page( 'woocommerce', 'Evenhand', 'Evenhand', self::MAY, self::PAGE, array( $this, 'show' ) );
	}

	/** Keeps the form. */
	public function save() {
		$this->guard( 'evenhand_save' );
		// The nonce is checked above, and each field is put in order where it is kept.
		$faults = $this->options->keep( wp_unslash( $_POST ) ); // phpcs:ignore WordPress.Security.NonceVerification.Missing
		$this->back( array() === $faults ? array( 'kept' => '1' ) : array( 'wrong' => implode( ',', $faults ) ) );
	}

	/** Tests what is kept. */
	public function test() {
		$this->guard( 'evenhand_test' );
		$found = $this->evenhand->test();
		$this->back(
			array(
				'tested' => $found['ok'] ? 'ok' : ( in_array( $found['status'], array( 401, 403 ), true ) ? 'key' : ( 0 === $found['status'] ? 'silent' : 'other' ) ),
				'ms'     => (string) $found['ms'],
			)
		);
	}

	/** Shows the page. */
	public function show() {
		if ( ! current_user_can( self::MAY ) ) {
			return;
		}
		echo '<div class="wrap"><h1>Evenhand</h1>';
		$this->tell();
		echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '"><input type="hidden" name="action" value="evenhand_save">';
		wp_nonce_field( 'evenhand_save' );
		echo '<h2>' . esc_html__( 'Where Evenhand is', 'evenhand-for-woocommerce' ) . '</h2><table class="form-table" role="presentation">';
		$this->field( 'address', __( 'Address', 'evenhand-for-woocommerce' ), 'url', __( 'As in https://fair.example.com', 'evenhand-for-woocommerce' ) );
		$this->field(
			'key',
			__( 'API key', 'evenhand-for-woocommerce' ),
			'password',
			'' === $this->options->get( 'key' )
				? __( 'Evenhand shows it once, when you connect this shop.', 'evenhand-for-woocommerce' )
				: __( 'A key is kept. Leave this empty to keep it.', 'evenhand-for-woocommerce' )
		);
		$this->field( 'portal', __( 'Your portal', 'evenhand-for-woocommerce' ), 'url', __( 'Where customers see what was decided and why, and can appeal. Every refusal leads there.', 'evenhand-for-woocommerce' ) );
		$this->field( 'withdrawal', __( 'Withdrawal page', 'evenhand-for-woocommerce' ), 'url', __( 'Where customers withdraw from a purchase. It must work without signing in.', 'evenhand-for-woocommerce' ) );
		$this->field( 'pay_later', __( 'Ways of paying after delivery', 'evenhand-for-woocommerce' ), 'text', __( 'Ids of payment gateways, with commas between. Customers who must pay first cannot choose these.', 'evenhand-for-woocommerce' ) );
		echo '</table><h2>' . esc_html__( 'Where it is asked', 'evenhand-for-woocommerce' ) . '</h2><p>' . esc_html__( 'A customer waits at most 0.3 seconds for an answer. Choose what happens when there is none.', 'evenhand-for-woocommerce' ) . '</p><table class="form-table" role="presentation">';
		$this->choice( 'purchase', __( 'At the checkout', 'evenhand-for-woocommerce' ), __( 'Both checkouts, before anything is charged.', 'evenhand-for-woocommerce' ) );
		$this->choice( 'cart', __( 'When something is put into the cart', 'evenhand-for-woocommerce' ), __( 'For customers who are signed in.', 'evenhand-for-woocommerce' ) );
		$this->choice( 'review', __( 'When a review is written', 'evenhand-for-woocommerce' ), '' );
		$this->choice( 'login', __( 'When a customer signs in', 'evenhand-for-woocommerce' ), __( 'Never for staff, and only with a portal set above: whoever cannot sign in must still be able to withdraw from a purchase, and to appeal.', 'evenhand-for-woocommerce' ) );
		echo '</table>';
		submit_button();
		echo '</form><form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '"><input type="hidden" name="action" value="evenhand_test">';
		wp_nonce_field( 'evenhand_test' );
		submit_button( __( 'Test the connection', 'evenhand-for-woocommerce' ), 'secondary', 'submit', true, $this->options->is_set_up() ? array() : array( 'disabled' => 'disabled' ) );
		echo '</form></div>';
	}

	/** What became of the last thing that was asked for. */
	private function tell() {
		// Only chooses a sentence, and changes nothing.
		// phpcs:disable WordPress.Security.NonceVerification.Recommended
		$asked = static function ( string $name ): string {
			return isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) : '';
		};
		// phpcs:enable
		$tested = array(
			/* translators: %s: milliseconds. */
			'ok'     => sprintf( __( 'Evenhand answered in %s milliseconds, and the key is good.', 'evenhand-for-woocommerce' ), (string) absint( $asked( 'ms' ) ) ),
			'key'    => __( 'Evenhand answered, but does not take this key. Make a new one there: Shop system, Connect again.', 'evenhand-for-woocommerce' ),
			'silent' => __( 'Nothing answers at this address. Look whether it is right, and whether this server may reach it.', 'evenhand-for-woocommerce' ),
			'other'  => __( 'Something answers at this address, but not as Evenhand does.', 'evenhand-for-woocommerce' ),
		);
		if ( '' !== $asked( 'kept' ) ) {
			$this->notice( __( 'Saved.', 'evenhand-for-woocommerce' ), true );
		}
		if ( '' !== $asked( 'wrong' ) ) {
			$this->notice( __( 'Nothing was saved: please write addresses in full, as in https://fair.example.com.', 'evenhand-for-woocommerce' ), false );
		}
		if ( isset( $tested[ $asked( 'tested' ) ] ) ) {
			$this->notice( $tested[ $asked( 'tested' ) ], 'ok' === $asked( 'tested' ) );
		}
	}

	/**
	 * A sentence at the top.
	 *
	 * @param string $text What it says.
	 * @param bool   $good Whether all is well.
	 */
	private function notice( string $text, bool $good ) {
		echo '<div class="notice ' . ( $good ? 'notice-success' : 'notice-error' ) . '"><p>' . esc_html( $text ) . '</p></div>';
	}

	/**
	 * A row with a field. A key is never shown again.
	 *
	 * @param string $name  Of the setting.
	 * @param string $label Its label.
	 * @param string $type  Of the input.
	 * @param string $hint  Below it.
	 */
	private function field( string $name, string $label, string $type, string $hint ) {
		$id    = 'evenhand-' . $name;
		$value = 'password' === $type ? '' : $this->options->get( $name );
		echo '<tr><th scope="row"><label for="' . esc_attr( $id ) . '">' . esc_html( $label ) . '</label></th><td><input class="regular-text" autocomplete="off" type="' . esc_attr( $type ) . '" id="' . esc_attr( $id ) . '" name="' . esc_attr( $name ) . '" value="' . esc_attr( $value ) . '" aria-describedby="' . esc_attr( $id ) . '-hint"><p class="description" id="' . esc_attr( $id ) . '-hint">' . esc_html( $hint ) . '</p></td></tr>';
	}

	/**
	 * A row that chooses what happens at a surface.
	 *
	 * @param string $surface Its name.
	 * @param string $label   Its label.
	 * @param string $hint    Below it.
	 */
	private function choice( string $surface, string $label, string $hint ) {
		$words = array(
			'off'    => __( 'Do not ask', 'evenhand-for-woocommerce' ),
			'allow'  => __( 'Ask; without an answer, go on', 'evenhand-for-woocommerce' ),
			'review' => __( 'Ask; without an answer, a colleague looks first', 'evenhand-for-woocommerce' ),
		);
		$id    = 'evenhand-' . $surface;
		echo '<tr><th scope="row"><label for="' . esc_attr( $id ) . '">' . esc_html( $label ) . '</label></th><td><select id="' . esc_attr( $id ) . '" name="' . esc_attr( $surface ) . '">';
		foreach ( Options::SURFACES[ $surface ] as $choice ) {
			echo '<option value="' . esc_attr( $choice ) . '"' . selected( $this->options->get( $surface ), $choice, false ) . '>' . esc_html( $words[ $choice ] ) . '</option>';
		}
		echo '</select>' . ( '' === $hint ? '' : '<p class="description">' . esc_html( $hint ) . '</p>' ) . '</td></tr>';
	}

	/**
	 * Only whoever manages the shop, and only from this page.
	 *
	 * @param string $action What is to be done.
	 */
	private function guard( string $action ) {
		if ( ! current_user_can( self::MAY ) ) {
			wp_die( esc_html__( 'You may not do this.', 'evenhand-for-woocommerce' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action );
	}

	/**
	 * Back to the page.
	 *
	 * @param array $told What it says then.
	 */
	private function back( array $told ) {
		wp_safe_redirect( add_query_arg( array( 'page' => self::PAGE ) + $told, admin_url( 'admin.php' ) ) );
		exit;
	}
}
