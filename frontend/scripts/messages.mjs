import { readFileSync } from 'node:fs';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';

const catalogue = /\/src\/words\/([^/.]+)\.([a-zA-Z-]+)\.json$/;

// Compiles the ICU messages of src/words/*.json into plain functions while the
// pages are built, so that no message parser travels to a phone.
// A file's name is "<part>.<language>.json".
export function messages() {
  return {
    name: 'mend-messages',
    enforce: 'pre',
    load(id) {
      const [, , language] = catalogue.exec(id) ?? [];
      if (!language) return null;
      this.addWatchFile(id);
      const format = new MessageFormat(language);
      const code = compileModule(format, JSON.parse(readFileSync(id, 'utf8')));
      return { code, moduleType: 'js', map: null };
    },
  };
}

/** The parts that the phone's first page speaks; the rest comes with the session. */
const first = ['partner', 'ui'];

/**
 * Names the file that a catalogue is built into: all that is needed at once of one
 * language in one file, and nothing of any other.
 */
export const wordsOf = (mode) => (id) => {
  const [, part, language] = catalogue.exec(id) ?? [];
  if (!part) return null;
  if (mode !== 'partner') return `words.${language}`;
  return `${first.includes(part) ? 'words' : 'live-words'}.${language}`;
};
