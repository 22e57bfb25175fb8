// Writes src/lib/api.gen.ts and src/lib/live.gen.ts from the documents that the
// server itself prints. With --check it writes nothing and fails where they differ.
// Each file names the SHA-256 of the document it was made from, so that the
// server's own tests notice a file left behind.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const frontend = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(frontend);
const check = process.argv.includes('--check');

const printed = (command) =>
  execFileSync('go', ['run', './server', command], { cwd: root, encoding: 'utf8' }).trimEnd();

async function types(document) {
  const ast = await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true });
  return astToString(ast);
}

const head = (command, text) =>
  `// Made by scripts/gen.mjs from \`mend ${command}\`. Not to be edited.\n` +
  `// sha256:${createHash('sha256').update(text).digest('hex')}\n`;

async function api() {
  const text = printed('openapi');
  return head('openapi', text) + (await types(JSON.parse(text)));
}

async function live() {
  const text = printed('asyncapi');
  const document = JSON.parse(text);
  const schemas = await types({
    openapi: '3.1.0',
    info: document.info,
    paths: {},
    components: { schemas: document.components.schemas },
  });
  const codes = document['x-close-codes'].map(
    ({ code, slug, comes_back }) => `  ${code}: { slug: '${slug}', comesBack: ${comes_back} },\n`,
  );
  const limits = document['x-limits'];
  return (
    head('asyncapi', text) +
    schemas +
    `\n/** Why a socket was closed, and whether a client should come back. */\n` +
    `export const closeCodes = {\n${codes.join('')}} as const;\n` +
    `\nexport const limits = ${JSON.stringify(limits, null, 2)} as const;\n`
  );
}

let stale = false;
for (const [name, make] of Object.entries({ 'api.gen.ts': api, 'live.gen.ts': live })) {
  const path = join(frontend, 'src', 'lib', name);
  const made = await make();
  if (!check) {
    writeFileSync(path, made);
  } else if (readFileSync(path, 'utf8') !== made) {
    console.error(`${name} is out of date: run npm run gen`);
    stale = true;
  }
}
process.exitCode = stale ? 1 : 0;
