import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const ID = 'virtual:onnx-runtime';

/**
 * Puts the runtime of the networks beside the pages, gzipped because it is large and loaded by a worker that unpacks it, under a name
 * that changes with its content. `import runtime from 'virtual:onnx-runtime'` is its address. Not there under `vite dev`.
 */
export function onnxRuntime(): Plugin {
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm-core'));
  const wasm = readFileSync(join(folder.replace(/[\\/](cjs|esm)$/, ''), 'ort-wasm-simd.wasm'));
  const name = `assets/ort-wasm-simd-${createHash('sha256').update(wasm).digest('hex').slice(0, 12)}.wasm.gz`;
  return {
    name: 'onnx-runtime',
    resolveId: (id) => (id === ID ? '\0' + ID : undefined),
    load: (id) => (id === '\0' + ID ? `export default ${JSON.stringify('/' + name)};` : undefined),
    generateBundle() {
      // Without a name and a time in its head it is the same at every build.
      this.emitFile({ type: 'asset', fileName: name, source: gzipSync(wasm, { level: 9 }) });
    },
  };
}
