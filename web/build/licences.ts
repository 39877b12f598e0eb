import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Writes the licences of every package that is part of the pages to `third-party-licences.txt` beside them. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === 'chunk' ? chunk.moduleIds : []) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0];
          if (folder !== undefined && existsSync(join(folder, 'package.json'))) {
            folders.add(folder);
          }
        }
      }
      const texts = [...folders].map((folder) => {
        const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
        const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
        const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
        return `${String(about['name'])} ${String(about['version'])} (${String(about['license'])})\n\n${text}\n`;
      });
      // Bundled into the worker, which is not among these chunks, and published without its licence's text.
      const runtime = readFileSync(new URL('onnxruntime.licence.txt', import.meta.url), 'utf8').trim();
      texts.push(`onnxruntime-web and onnxruntime-common 1.18.0 (MIT)\n\n${runtime}\n`);
      this.emitFile({
        type: 'asset',
        fileName: 'third-party-licences.txt',
        source: texts.sort().join('\n' + '-'.repeat(100) + '\n\n'),
      });
    },
  };
}
