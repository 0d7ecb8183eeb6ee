<?php
/**
 * What fits into a question.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Leaves out what the API would not take: it refuses a question for one field that is empty or too long, and then nobody is asked about.
 * Lengths are in units of UTF-16, as the API counts them.
 */
final class Fit {
	/** ISO 4217, as far as the API knows it. Shops invent others. */
	const CURRENCIES = 'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
		CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
		KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
		OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD
		TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG';
	/** Of the currencies whose minor unit has not two decimals. */
	const DECIMALS = array(
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
	/** The largest whole number that JSON carries exactly everywhere. */
	const LARGEST = 9007199254740991;

	/**
	 * A text without white space around it; empty when it does not fit.
	 *
	 * @param mixed $value What was typed.
	 * @param int   $least Units at least.
	 * @param int   $most  Units at most.
	 */
	public static function text( $value, int $least, int $most ): string {
		$text = preg_replace( '/^[\s\p{Z}\x{FEFF}]+|[\s\p{Z}\x{FEFF}]+$/u', '', is_scalar( $value ) ? (string) $value : '' );
		if ( null === $text ) {
			return '';
		}
		$units = preg_match_all( '/[\x00-\x7F\xC0-\xFF]/', $text ) + preg_match_all( '/[\xF0-\xFF]/', $text );
		return $units < $least || $units > $most ? '' : $text;
	}

	/**
	 * A country; empty when it is no code.
	 *
	 * @param mixed $value ISO 3166.
	 */
	public static function country( $value ): string {
		return is_string( $value ) && 1 === preg_match( '/^[A-Z]{2}\z/', $value ) ? $value : '';
	}

	/**
	 * The customer. A typing error in an e-mail address is found by WooCommerce itself, and would cost the whole question here.
	 *
	 * @param array $given externalId, email, phone, name and address, as far as known.
	 */
	public static function customer( array $given ): array {
		$email = self::text( $given['email'] ?? '', 3, 254 );
		$id    = self::text( $given['externalId'] ?? '', 1, 120 );
		return self::known(
			array(
				'externalId' => '0' === $id ? '' : $id,
				'email'      => is_email( $email ) ? $email : '',
				'phone'      => self::text( $given['phone'] ?? '', 3, 40 ),
				'name'       => self::text( $given['name'] ?? '', 1, 200 ),
				'address'    => self::address( isset( $given['address'] ) && is_array( $given['address'] ) ? $given['address'] : array() ),
			)
		);
	}

	/**
	 * What is bought.
	 *
	 * @param array $given reference, total (as WooCommerce counts), currency, items, first, billingCountry and deliveryCountry, as far as known.
	 */
	public static function order( array $given ): array {
		$currency   = isset( $given['currency'] ) ? (string) $given['currency'] : '';
		$is_one     = 1 === preg_match( '/^[A-Z]{3}\z/', $currency ) && false !== strpos( self::CURRENCIES, $currency );
		$minor      = round( (float) ( $given['total'] ?? -1 ) * ( 10 ** ( self::DECIMALS[ $currency ] ?? 2 ) ) );
		$has_amount = $is_one && $minor >= 0 && $minor <= self::LARGEST;
		$items      = (int) ( $given['items'] ?? -1 );
		return self::known(
			array(
				'reference'       => self::text( $given['reference'] ?? '', 1, 120 ),
				'total'           => $has_amount ? (int) $minor : '',
				'currency'        => $has_amount ? $currency : '',
				'items'           => $items >= 0 && $items <= 100000 ? $items : '',
				'first'           => isset( $given['first'] ) && is_bool( $given['first'] ) ? $given['first'] : '',
				'billingCountry'  => self::country( $given['billingCountry'] ?? '' ),
				'deliveryCountry' => self::country( $given['deliveryCountry'] ?? '' ),
			)
		);
	}

	/**
	 * An address on the internet; empty when it says nothing of who is buying, because it is the shop's own network's.
	 *
	 * @param string $ip As the shop believes it.
	 */
	public static function ip( string $ip ): string {
		// One of IPv4 that came in over IPv6.
		$ip = (string) preg_replace( '/^::ffff:(?=\d+\.)/i', '', trim( $ip ) );
		if ( false === filter_var( $ip, FILTER_VALIDATE_IP, FILTER_FLAG_NO_PRIV_RANGE | FILTER_FLAG_NO_RES_RANGE ) ) {
			return '';
		}
		// 100.64.0.0/10, which providers and clouds use inside.
		return 1 === preg_match( '/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./', $ip ) ? '' : $ip;
	}

	/**
	 * Where somebody lives.
	 *
	 * @param array $given As WooCommerce keeps addresses.
	 */
	private static function address( array $given ): array {
		$street    = self::text( $given['address_1'] ?? '', 1, 200 );
		// A second line that tells homes apart ("Apt 4"): one without a number says something else, a long number is a telephone's.
		$more      = self::text( $given['address_2'] ?? '', 1, 60 );
		$is_number = 1 === preg_match( '/\d/', $more ) && 0 === preg_match( '/\d{6}/', (string) preg_replace( '~[\s+()/-]~', '', $more ) );
		$whole     = $is_number ? self::text( $street . ' ' . $more, 1, 200 ) : '';
		return '' === $street ? array() : self::known(
			array(
				'street'   => '' === $whole ? $street : $whole,
				'postcode' => self::text( $given['postcode'] ?? '', 1, 20 ),
				'city'     => self::text( $given['city'] ?? '', 1, 120 ),
				'country'  => self::country( $given['country'] ?? '' ),
			)
		);
	}

	/**
	 * Without what is empty.
	 *
	 * @param array $fields By their names.
	 */
	private static function known( array $fields ): array {
		return array_filter(
			$fields,
			static function ( $value ): bool {
				return '' !== $value && array() !== $value;
			}
		);
	}
}
