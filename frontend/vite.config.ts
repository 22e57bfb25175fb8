import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { messages } from './scripts/messages.mjs';

const server = process.env.MEND_URL ?? 'http://127.0.0.1:8080';

// Two entries that share nothing a phone would have to load for the desk's sake.
export default defineConfig(({ mode }) => ({
  plugins: [messages(), svelte()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rollupOptions: { input: { partner: 'partner.html', desk: 'desk.html' } },
  },
  server: {
    proxy: {
      '/api': { target: server },
      '/live': { target: server, ws: true },
    },
  },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
}));
