import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view } from './view.mjs';

const { merge } = await view('view/patch.js');
const { eventReader, lineReader } = await view('view/sse.js');

// The examples of RFC 7396, appendix A.
const EXAMPLES = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }], [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }], [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }], [{ a: ['b'] }, { a: 'c' }, { a: 'c' }], [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }], [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [['a', 'b'], ['c', 'd'], ['c', 'd']], [{ a: 'b' }, ['c'], ['c']], [{ a: 'foo' }, null, null], [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }], [[1, 2], { a: 'b', c: null }, { a: 'b' }], [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test('merges as the RFC does', () => {
  for (const [target, patch, result] of EXAMPLES) {
    const before = JSON.stringify(target);
    assert.deepEqual(merge(target, patch), result);
    assert.equal(JSON.stringify(target), before);
  }
});

test('what a patch does not change stays the same object', () => {
  const document = { backends: { one: { slots: { 0: { phase: 'free' } } }, two: { slots: {} } }, waiting: { x: { rank: 1 } } };
  const after = merge(document, { backends: { one: { slots: { 0: { phase: 'prompt' } } } }, waiting: { x: { rank: 1 }, y: null } });
  assert.notEqual(after.backends.one, document.backends.one);
  assert.equal(after.backends.two, document.backends.two);
  assert.equal(after.waiting, document.waiting);
});

test('events are read wherever their pieces are cut', () => {
  const text = ': hello\n\nevent: snapshot\nid: 7\ndata: {"a":\ndata: 1}\n\ndata: x\r\n\r\n:\n\n';
  const expected = [{ event: 'snapshot', data: '{"a":\n1}', id: '7' }, { event: 'message', data: 'x', id: '7' }];
  for (let cut = 0; cut < text.length; cut++) {
    const found = [];
    let comments = 0;
    const read = eventReader((event) => found.push(event), () => comments++);
    read(text.slice(0, cut));
    read(text.slice(cut));
    assert.deepEqual(found, expected, `cut at ${cut}`);
    assert.equal(comments, 2);
  }
});

test('lines of JSON are read wherever they are cut', () => {
  const found = [];
  const read = lineReader((value) => found.push(value));
  for (const piece of ['{"a"', ':1}\n\n{"b":', '2}\n{"c":3}']) read(piece);
  assert.deepEqual(found, [{ a: 1 }, { b: 2 }]);
});
