/**
 * RSA keys that follow from a seed, for the emulator: OpenSSL searches for primes with its own randomness, so the search
 * is made here, and OpenSSL's test says what is prime. A real server never comes here.
 */

import { checkPrime, createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from '../service/ports.ts';

const primeBytes = 128;
const publicExponent = 65_537n;

/** Error below 2^-128 for random candidates of this size, with OpenSSL's own sieve before it. */
const millerRabinRounds = 8;

/** Odd numbers that are looked at from one start; a prime lies in so many nearly always. */
const windowNumbers = 2048;

/** Keys that are remembered, for a process that starts one emulator after the other with one seed. */
const rememberedKeys = 32;
const remembered = new Map<string, Promise<KeyObject>>();

/**
 * RSA-2048 (FIPS 186-5, appendix A.1.3, but for the distance of the primes, which a random pair has by itself). All that it
 * draws is drawn before it returns.
 */
export function seededRsa(random: Random): Promise<KeyObject> {
  const seed = Buffer.from(random.bytes(32)).toString('hex');
  const known = remembered.get(seed);
  if (known) return known;
  const [oldest] = remembered.keys();
  if (oldest !== undefined && remembered.size >= rememberedKeys) remembered.delete(oldest);
  const made = make(seed);
  remembered.set(seed, made);
  return made;
}

async function make(seed: string): Promise<KeyObject> {
  const [first, second] = await Promise.all([prime(`${seed}/p`), prime(`${seed}/q`)]);
  const [larger, smaller] = first > second ? [first, second] : [second, first];
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

const isPrime = (candidate: bigint): Promise<boolean> =>
  new Promise((resolve, reject) => {
    checkPrime(candidate, { checks: millerRabinRounds }, (error, result) => (error ? reject(error) : resolve(result)));
  });

/** The first prime from the first start that has one in its window. The tests run on the threads of the pool. */
async function prime(name: string): Promise<bigint> {
  for (let attempt = 0; ; attempt++) {
    const start = startOf(`${name}/${attempt}`);
    for (const candidate of survivors(start)) {
      if (await isPrime(candidate)) return candidate;
    }
  }
}

/** Odd, and with its two highest bits set: a product of two such has exactly 2048 bits. */
function startOf(name: string): bigint {
  const bytes = createHash('shake256', { outputLength: primeBytes }).update(name).digest();
  bytes.writeUInt8((bytes[0] ?? 0) | 0xc0, 0);
  bytes.writeUInt8((bytes[primeBytes - 1] ?? 0) | 1, primeBytes - 1);
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** The numbers of a window that may be a prime of a key: seven of eight have a small factor, and need no costly test. */
function* survivors(start: bigint): Generator<bigint> {
  const composite = new Uint8Array(windowNumbers);
  for (const factor of smallPrimes) {
    // start + 2·at ≡ 0 (mod factor), and (factor + 1) / 2 is the inverse of 2.
    const missing = factor - Number(start % BigInt(factor));
    for (let at = (missing * ((factor + 1) / 2)) % factor; at < windowNumbers; at += factor) composite[at] = 1;
  }
  for (let at = 0; at < windowNumbers; at++) {
    const candidate = start + 2n * BigInt(at);
    if (candidate >> BigInt(8 * primeBytes) !== 0n) return;
    if (composite[at] === 0 && candidate % publicExponent !== 1n) yield candidate;
  }
}

/** Odd primes, in number where a further one would spare less than it costs. */
const smallPrimes = oddPrimesBelow(16_384);

function oddPrimesBelow(limit: number): readonly number[] {
  const composite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let number = 3; number < limit; number += 2) {
    if (composite[number] === 1) continue;
    primes.push(number);
    for (let multiple = number * number; multiple < limit; multiple += 2 * number) composite[multiple] = 1;
  }
  return primes;
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
