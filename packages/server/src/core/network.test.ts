import assert from 'node:assert/strict';
import test from 'node:test';
import { networkOf } from './network.ts';

test('an IPv4 address stands for itself, mapped into IPv6 too', () => {
  assert.equal(networkOf('192.0.2.7'), '192.0.2.7');
  assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7');
  assert.equal(networkOf('::FFFF:192.0.2.7'), '192.0.2.7');
});

test('addresses of one IPv6 network of 64 bits are one, however they are written', () => {
  const network = '2001:db8:0:7::/64';
  for (const address of [
    '2001:db8:0:7::1',
    '2001:DB8:0:7:ffff:ffff:ffff:ffff',
    '2001:0db8:0000:0007:0:0:0:1',
    '2001:db8:0:7:a::192.0.2.1',
  ]) {
    assert.equal(networkOf(address), network, address);
  }
});

test('neighbouring networks are two', () => {
  assert.notEqual(networkOf('2001:db8:0:7::1'), networkOf('2001:db8:0:8::1'));
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
  assert.equal(networkOf('::1'), '0:0:0:0::/64');
});

test('the zone of a link-local address is the server’s own word, and counts for nothing', () => {
  assert.equal(networkOf('fe80::1%eth0'), networkOf('fe80::1%eth1'));
});

test('what is no address stands for itself', () => {
  assert.equal(networkOf(''), '');
  assert.equal(networkOf('unix'), 'unix');
});
