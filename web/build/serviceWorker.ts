import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin, Rollup } from 'vite';

/** The pages that open without the server; each loads these chunks and what they import. */
const PAGES = ['KioskPage', 'SignInPage'];
const ALWAYS = ['/index.html', '/favicon.svg', '/kiosk.webmanifest', '/sign-in.webmanifest'];

/** Writes `service-worker.js` from its source: the list of what it keeps, and a version that changes when anything of it does. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const wanted = new Set<string>();
      const take = (chunk: Rollup.OutputChunk) => {
        if (wanted.has('/' + chunk.fileName)) {
          return;
        }
        wanted.add('/' + chunk.fileName);
        chunk.viteMetadata?.importedCss.forEach((css) => wanted.add('/' + css));
        for (const name of chunk.imports) {
          const imported = bundle[name];
          if (imported?.type === 'chunk') {
            take(imported);
          }
        }
      };
      const digest = createHash('sha256');
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk' && (part.isEntry || PAGES.includes(part.name))) {
          take(part);
        }
        if (part.fileName === 'index.html' && part.type === 'asset') {
          digest.update(part.source);
        }
      }
      if (!PAGES.every((page) => [...wanted].some((name) => name.includes(page)))) {
        throw new Error(`one of ${PAGES.join(', ')} is not among ${[...wanted].join(', ')}`);
      }
      const files = [...ALWAYS, ...[...wanted].sort()];
      const source = readFileSync(new URL('serviceWorker.source.js', import.meta.url), 'utf8');
      digest.update(source + files.join());
      const head = `const VERSION = '${digest.digest('hex').slice(0, 16)}';\nconst FILES = ${JSON.stringify(files)};\n`;
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: head + source });
    },
  };
}
