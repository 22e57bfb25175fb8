import { expect, test } from 'vitest';
import { drawing } from './desk-qr';

test("the server's drawing is read as one path on its own grid", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33" shape-rendering="crispEdges">' +
    '<rect width="33" height="33" fill="#fff"/><g fill="#000">' +
    '<rect x="4" y="5" width="7" height="1"/><rect x="12" y="4" width="1" height="1"/></g></svg>';
  expect(drawing(svg)).toEqual({ viewBox: '0 0 33 33', shapes: ['M4 5h7v1h-7zM12 4h1v1h-1z'] });
});

test('whatever else it may be is not drawn', () => {
  expect(drawing('<p>no</p>')).toBeUndefined();
});
