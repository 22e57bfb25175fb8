import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { messages, wordsOf } from './scripts/messages.mjs';
import { shells } from './scripts/shells.mjs';

const server = process.env.MEND_URL ?? 'http://127.0.0.1:8080';

// A build of its own to look at the layout with: see scripts/pseudo.mjs.
const pseudo = process.env.MEND_PSEUDO;

const entries = { partner: 'partner.html', desk: 'desk.html' };

// Two entries that share nothing a phone would have to load for the desk's sake:
// `--mode partner` and `--mode desk` build one each, into the same folder, so that
// not even a shared chunk holds what only the other needs.
export default defineConfig(({ mode }) => ({
  plugins: [messages({ pseudo: pseudo !== undefined }), shells(), svelte()],
  build: {
    outDir: pseudo ?? 'dist',
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // The desk's build comes second and keeps what the phone's has made.
    emptyOutDir: mode !== 'desk',
    rollupOptions: {
      input: mode === 'partner' || mode === 'desk' ? entries[mode] : entries,
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: wordsOf(mode), debugName: 'words' }],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server },
      '/live': { target: server, ws: true },
    },
  },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: 'src/lib/words.setup.ts',
  },
}));
