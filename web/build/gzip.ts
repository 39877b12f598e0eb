import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Smaller files fit into a packet or two anyway. */
const WORTH_IT = 1024;

/** Puts the gzipped beside every script and style, so that the server packs nothing while people wait. */
export function gzip(): Plugin {
  return {
    name: 'gzip',
    apply: 'build',
    writeBundle({ dir }) {
      const assets = join(dir ?? '', 'assets');
      for (const name of readdirSync(assets)) {
        const file = join(assets, name);
        if (/\.(js|css)$/.test(name) && statSync(file).size > WORTH_IT) {
          writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        }
      }
    },
  };
}
