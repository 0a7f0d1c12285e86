import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from './view.mjs';

const f = await view('view/format.js');

test('numbers keep three figures, and say what is not known', () => {
  assert.deepEqual([0, 9, 999, 1000, 1204, 9990, 41_000, 999_400, 1_200_000, 3.2e9].map(f.short),
    ['0', '9', '999', '1.0 k', '1.2 k', '10 k', '41 k', '999 k', '1.2 M', '3.2 G']);
  assert.equal(f.short(null), '–');
  assert.equal(f.count(1204), '1,204');
  assert.equal(f.count(Number.NaN), '–');
});

test('spans go from milliseconds to days without ever saying 60 s', () => {
  assert.deepEqual([0, 40, 3200, 9949, 48_000, 59_499, 59_999, 60_000, 134_000, 3_599_000, 3_599_900, 3_900_000, 86_400_000, 187_200_000].map(f.span),
    ['0 ms', '40 ms', '3.2 s', '9.9 s', '48 s', '59 s', '1 min', '1 min', '2 min 14 s', '59 min 59 s', '1 h', '1 h 05 min', '1 d', '2 d 4 h']);
  assert.equal(f.span(-5), '0 ms');
});

test('a clock has one width as long as it can', () => {
  assert.deepEqual([0, 7900, 760_000, 3_727_000].map(f.clock), ['0:00', '0:07', '12:40', '1:02:07']);
});

test('what is expected is seen from now', () => {
  assert.equal(f.until(12_000, 0), 'in 12 s');
  assert.equal(f.until(400, 0), 'now');
  assert.equal(f.until(125_000, 0), 'in 2:05 min');
  assert.equal(f.until(0, 5000), 'due');
  assert.equal(f.until(null, 0), '–');
});

test('sizes, shares, rates and money have their units', () => {
  assert.deepEqual([900, 4.7e9, 64e9].map(f.bytes), ['900 B', '4.7 GB', '64 GB']);
  assert.deepEqual([0, 0.004, 0.83, 1].map(f.percent), ['0 %', '0.4 %', '83 %', '100 %']);
  assert.equal(f.rate(48.2), '48 tok/s');
  assert.equal(f.rate(3.21), '3.2 tok/s');
  assert.equal(f.money(0.0123, 'USD'), '0.0123 USD');
  assert.equal(f.money(1234.5, 'USD'), '1,234.50 USD');
});

test('the middle of a long id is left out', () => {
  assert.equal(f.brief('short'), 'short');
  assert.equal(f.brief('c0123456789abcdef'), 'c01234567…cdef');
  assert.equal(f.brief(null), '');
});
