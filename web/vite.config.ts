import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { gzip } from './build/gzip.ts';
import { licences } from './build/licences.ts';
import { onnxRuntime } from './build/onnxRuntime.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { themeCss } from './build/themeCss.ts';

export default defineConfig({
  plugins: [react(), themeCss(), onnxRuntime(), licences(), serviceWorker(), gzip()],
  worker: { format: 'es' },
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    // Nothing inline: the pages run under a policy of script-src 'self' and style-src 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['es2022', 'safari16', 'chrome109', 'firefox115'],
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/token', '/face-auth', '/sign-in/state', '/sign-in/face', '/sign-in/password', '/recognize', '/models'].map((path) => [
        path,
        { target: process.env['VULTUS'] ?? 'http://localhost:8790', ws: true },
      ]),
    ),
  },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 60_000 },
});
