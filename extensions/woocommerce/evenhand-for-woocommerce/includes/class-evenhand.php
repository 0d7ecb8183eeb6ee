<?php
/**
 * Asks Evenhand.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** The HTTP API of Evenhand. A customer never waits longer than TIMEOUT for it. */
final class Evenhand {
	/** In seconds. */
	const TIMEOUT      = 0.3;
	const TEST_TIMEOUT = 5;

	/**
	 * The settings.
	 *
	 * @var Options
	 */
	private $options;
	/**
	 * Answers of this request, by what was asked: some hooks of WooCommerce come more than once.
	 *
	 * @var Answer[]
	 */
	private $answers = array();

	/**
	 * Makes one.
	 *
	 * @param Options $options The settings.
	 */
	public function __construct( Options $options ) {
		$this->options = $options;
	}

	/**
	 * What a customer may do. Without an answer in time it is what the shop set for this surface.
	 *
	 * @param string $surface  Of the API: purchase, review or login.
	 * @param array  $customer externalId, email, phone, name and address, as far as known.
	 * @param string $setting  Whose setting counts when there is no answer; the surface's own unless it is the cart.
	 * @param array  $order    What is bought, as `Fit::order` takes it.
	 * @param string $ip       From where, as far as known.
	 */
	public function decide( string $surface, array $customer, string $setting = '', array $order = array(), string $ip = '' ): Answer {
		$setting  = '' === $setting ? $surface : $setting;
		$customer = Fit::customer( $customer );
		if ( ! isset( $customer['externalId'] ) && ! isset( $customer['email'] ) && ! isset( $customer['phone'] ) ) {
			return new Answer( 'allow' );
		}
		$order = Fit::order( $order );
		$ip    = Fit::ip( $ip );
		$asked = array(
			'surface'  => $surface,
			'customer' => $customer,
			'language' => str_replace( '_', '-', substr( determine_locale(), 0, 20 ) ),
		);
		if ( array() !== $order ) {
			$asked['order'] = $order;
		}
		if ( '' !== $ip ) {
			$asked['ip'] = $ip;
		}
		$sign = md5( (string) wp_json_encode( $asked ) );
		if ( ! isset( $this->answers[ $sign ] ) ) {
			$answer                 = Answer::read( $this->post( '/v1/decisions', $asked, self::TIMEOUT )['body'] );
			$this->answers[ $sign ] = null === $answer ? $this->silence( $setting ) : $answer;
		}
		return $this->answers[ $sign ];
	}

	/**
	 * Whether the address and the key are good.
	 *
	 * @return array{ok: bool, status: int, ms: int, error: string}
	 */
	public function test(): array {
		$began = microtime( true );
		// Nobody has this number, and asking for it is recorded nowhere: with a good key the answer is "not found".
		$answer = $this->post( '/v1/customers/lookup', array( 'externalId' => 'connection-test' ), self::TEST_TIMEOUT );
		return array(
			'ok'     => in_array( $answer['status'], array( 200, 404 ), true ) && is_array( $answer['body'] ),
			'status' => $answer['status'],
			'ms'     => (int) round( ( microtime( true ) - $began ) * 1000 ),
			'error'  => $answer['error'],
		);
	}

	/**
	 * What the shop wants when nothing was answered.
	 *
	 * @param string $setting Name of the setting.
	 */
	private function silence( string $setting ): Answer {
		return new Answer( 'review' === $this->options->get( $setting ) ? 'review' : 'allow', '', array(), true );
	}

	/**
	 * Sends JSON. Never throws, and logs nothing: what it sends names a person.
	 *
	 * @param string $path    Under the address.
	 * @param array  $body    What to send.
	 * @param float  $timeout In seconds.
	 * @return array{status: int, body: mixed, error: string}
	 */
	private function post( string $path, array $body, float $timeout ): array {
		// WordPress makes every time-out of libcurl at least a second, which a customer would feel. NOSIGNAL, because without it libcurl
		// with the system's resolver gives up at once below a second.
		$exactly = static function ( $handle ) use ( $timeout ) {
			// phpcs:disable WordPress.WP.AlternativeFunctions.curl_curl_setopt
			curl_setopt( $handle, CURLOPT_NOSIGNAL, true );
			curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT_MS, (int) ( $timeout * 1000 ) );
			curl_setopt( $handle, CURLOPT_TIMEOUT_MS, (int) ( $timeout * 1000 ) );
			// phpcs:enable
		};
		add_action( 'http_api_curl', $exactly );
		$response = wp_remote_post(
			$this->options->get( 'address' ) . $path,
			array(
				'timeout'     => $timeout,
				'redirection' => 0,
				'headers'     => array(
					'Authorization' => 'Bearer ' . $this->options->get( 'key' ),
					'Content-Type'  => 'application/json',
					'Accept'        => 'application/json',
				),
				'body'        => (string) wp_json_encode( $body ),
				'user-agent'  => 'Evenhand-for-WooCommerce/' . VERSION,
			)
		);
		remove_action( 'http_api_curl', $exactly );
		if ( is_wp_error( $response ) ) {
			return array(
				'status' => 0,
				'body'   => null,
				'error'  => $response->get_error_message(),
			);
		}
		return array(
			'status' => (int) wp_remote_retrieve_response_code( $response ),
			'body'   => json_decode( (string) wp_remote_retrieve_body( $response ), true ),
			'error'  => '',
		);
	}
}
