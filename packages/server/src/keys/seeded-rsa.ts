/**
 * RSA keys that follow from a seed, for the emulator: OpenSSL searches for primes with its own randomness, so the search
 * is made here, and OpenSSL's test says what is prime. A real server never comes here.
 */

import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from '../service/ports.ts';

const primeBytes = 128;
const publicExponent = 65_537n;

/** Error below 2^-128 for random candidates of this size, with OpenSSL's own sieve before it. */
const millerRabinRounds = 8;

/** Numbers that are looked at from one random start; a prime lies in so many nearly always. */
const stepsFromStart = 4096n;

/** RSA-2048 (FIPS 186-5, appendix A.1.3, but for the distance of the primes, which a random pair has by itself). */
export function seededRsa(random: Random): KeyObject {
  const p = prime(random);
  let q = prime(random);
  while (q === p) q = prime(random);
  const [larger, smaller] = p > q ? [p, q] : [q, p];
  const d = inverse(publicExponent, lcm(larger - 1n, smaller - 1n));
  const jwk = {
    kty: 'RSA',
    n: text(larger * smaller, 2 * primeBytes),
    e: 'AQAB',
    d: text(d, 2 * primeBytes),
    p: text(larger, primeBytes),
    q: text(smaller, primeBytes),
    dp: text(d % (larger - 1n), primeBytes),
    dq: text(d % (smaller - 1n), primeBytes),
    qi: text(inverse(smaller, larger), primeBytes),
  };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** The first prime from a random start on, with its two highest bits set: a product of two such has exactly 2048 bits. */
function prime(random: Random): bigint {
  for (;;) {
    const bytes = Buffer.from(random.bytes(primeBytes));
    bytes.writeUInt8((bytes[0] ?? 0) | 0xc0, 0);
    bytes.writeUInt8((bytes[primeBytes - 1] ?? 0) | 1, primeBytes - 1);
    const start = BigInt(`0x${bytes.toString('hex')}`);
    for (let step = 0n; step < stepsFromStart; step += 2n) {
      const candidate = start + step;
      if (hasSmallFactor(candidate) || candidate % publicExponent === 1n) continue;
      if (candidate >> BigInt(8 * primeBytes) === 0n && checkPrimeSync(candidate, { checks: millerRabinRounds })) {
        return candidate;
      }
    }
  }
}

/** Odd primes below 2,000: they spare nine of ten costly tests. */
const smallPrimes = sieve(2000);
const smallProduct = smallPrimes.slice(0, 15).reduce((product, one) => product * one, 1n);

function hasSmallFactor(candidate: bigint): boolean {
  // One division of the large number for the smallest fifteen together.
  const rest = candidate % smallProduct;
  return smallPrimes.some((one, at) => (at < 15 ? rest % one === 0n : candidate % one === 0n));
}

function sieve(below: number): readonly bigint[] {
  const primes: number[] = [];
  for (let number = 3; number < below; number += 2) {
    if (primes.every((one) => number % one !== 0)) primes.push(number);
  }
  return primes.map(BigInt);
}

const text = (value: bigint, bytes: number): string =>
  Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex').toString('base64url');

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** By Euclid's extended algorithm; the arguments share no factor. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next] = [modulus, value % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}
