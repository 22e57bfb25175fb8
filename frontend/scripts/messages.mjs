import { readFileSync } from 'node:fs';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';
import { pseudoWords } from './pseudo.mjs';

const catalogue = /\/src\/words\/([^/.]+)\.([a-zA-Z-]+)\.json$/;

// Compiles the ICU messages of src/words/*.json into plain functions while the
// pages are built, so that no message parser travels to a phone.
// A file's name is "<part>.<language>.json".
export function messages({ pseudo = false } = {}) {
  return {
    name: 'mend-messages',
    enforce: 'pre',
    load(id) {
      if (pseudo && id.endsWith('/src/lib/languages.json'))
        return readFileSync(id, 'utf8').replace('"Español", "dir": "ltr"', '"Ŕtl", "dir": "rtl"');
      const [, part, language] = catalogue.exec(id) ?? [];
      if (!language) return null;
      this.addWatchFile(id);
      const changed = pseudo && language === 'es';
      const source = changed ? id.replace(`${part}.es.`, `${part}.en.`) : id;
      const words = JSON.parse(readFileSync(source, 'utf8'));
      const format = new MessageFormat(changed ? 'en' : language);
      const code = compileModule(format, changed ? pseudoWords(words) : words);
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
  if (part === 'between' || part === 'paper') return `${part}-words.${language}`;
  return `${first.includes(part) ? 'words' : 'live-words'}.${language}`;
};
