import { expect, it } from 'vitest';

// Where a language runs from right to left the whole page is mirrored, as long as no
// style names a side of the screen.

const sources = import.meta.glob<string>(['../**/*.css', '../**/*.svelte'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const sided = [
  /(?:^|[\s;{])(?:left|right)\s*:/,
  /\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /\bborder-(?:top|bottom)-(?:left|right)-radius\b/,
  /\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
];

/** The styles of a file, without their comments. */
function styles(file: string, text: string): string {
  const css = file.endsWith('.css')
    ? text
    : [...text.matchAll(/<style[^>]*>(.*?)<\/style>/gs)].map(([, inner]) => inner).join('\n');
  return css.replaceAll(/\/\*.*?\*\//gs, '');
}

it('no style names the left or the right', () => {
  const found = Object.entries(sources).flatMap(([file, text]) =>
    styles(file, text)
      .split('\n')
      .filter((line) => sided.some((pattern) => pattern.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(found).toEqual([]);
});
