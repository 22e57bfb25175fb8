/** A QR code as shapes to draw. */
export interface Drawing {
  viewBox: string;
  /** Path data, all to be filled dark. */
  shapes: string[];
}

/**
 * Reads the server's drawing of a QR code: dark rectangles and paths on a light
 * ground, quiet zone included. It is parsed rather than set as markup, so that the
 * page stays free of strings that become elements.
 */
export function drawing(svg: string): Drawing | undefined {
  const viewBox = /\bviewBox="(\d+ \d+ \d+ \d+)"/.exec(svg)?.[1];
  if (!viewBox) return undefined;
  const shapes: string[] = [];
  const dark = svg.slice(svg.indexOf('<g'));
  for (const [, attributes] of dark.matchAll(/<rect\b([^>]*)>/g)) {
    const at = (name: string) =>
      Number(new RegExp(`\\b${name}="(\\d+)"`).exec(attributes ?? '')?.[1] ?? 0);
    shapes.push(`M${at('x')} ${at('y')}h${at('width')}v${at('height')}h${-at('width')}z`);
  }
  for (const [, d] of dark.matchAll(/<path\b[^>]*\bd="([^"]+)"/g)) if (d) shapes.push(d);
  return { viewBox, shapes: [shapes.join('')] };
}
