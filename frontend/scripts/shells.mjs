import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (name) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../src/${name}`, import.meta.url)), 'utf8'));
const languages = read('lib/languages.json');

/** Puts a language's words where the page says {t.group.key()}. */
function say(html, language) {
  const words = read(`words/shell.${language}.json`);
  return html
    .replace(/<html[^>]*>/, `<html lang="${language}" dir="${languages[language].dir}">`)
    .replaceAll(/\{t\.(\w+)\.(\w+)\(\)\}/g, (_, group, key) => words[group][key]);
}

/** The links by which a browser fetches the language beside the script, not after it. */
function preloads(language, bundle) {
  const files = new Set();
  const add = (name) => {
    const chunk = bundle[name];
    if (!chunk || chunk.isEntry || files.has(name)) return;
    files.add(name);
    chunk.imports.forEach(add);
  };
  for (const [file, { name }] of Object.entries(bundle))
    if (name === `words.${language}`) add(file);
  return [...files]
    .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`)
    .join('');
}

// The words that stand on a page before its script has run, so that the server can
// send each browser the page in its language: partner.html becomes partner.en.html,
// partner.es.html and so on.
export function shells() {
  return {
    name: 'mend-shells',
    enforce: 'post',
    transformIndexHtml: (html, { server }) => (server ? say(html, 'en') : html),
    generateBundle(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== 'asset' || !name.endsWith('.html')) continue;
        delete bundle[name];
        for (const language of Object.keys(languages)) {
          this.emitFile({
            type: 'asset',
            fileName: name.replace(/html$/, `${language}.html`),
            source: say(file.source, language).replace(
              '</head>',
              `${preloads(language, bundle)}</head>`,
            ),
          });
        }
      }
    },
  };
}
