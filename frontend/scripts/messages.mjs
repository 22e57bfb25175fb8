import { readFileSync } from 'node:fs';
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/compile-module.js';

// Compiles the ICU messages of src/words/*.json into plain functions while the
// pages are built, so that no message parser travels to a phone.
// A file's name is "<part>.<locale>.json".
export function messages() {
  return {
    name: 'mend-messages',
    enforce: 'pre',
    load(id) {
      const found = /\/src\/words\/[^/]+\.([a-zA-Z-]+)\.json$/.exec(id);
      if (!found) return null;
      this.addWatchFile(id);
      const format = new MessageFormat(found[1]);
      const code = compileModule(format, JSON.parse(readFileSync(id, 'utf8')));
      return { code, moduleType: 'js', map: null };
    },
  };
}
