import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const server = process.env['STUDIO'] ?? 'http://127.0.0.1:7300';

export default defineConfig({
  plugins: [svelte()],
  // The server's content policy allows files of its own only: nothing inline, nothing from elsewhere.
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
  server: { proxy: { '/api': server } },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
