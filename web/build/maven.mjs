// Called by Maven. `node build/maven.mjs pages` fetches the packages when they are missing or others than the lock file says,
// and builds the pages when a source is newer than they are. `node build/maven.mjs test SKIP…` checks types and runs the tests
// unless one of the arguments says true.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const [task, ...skips] = process.argv.slice(2);

if (task === 'pages') {
  if (!packagesAsLocked()) {
    run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  }
  const sources = ['index.html', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'build', 'public', 'src'];
  const page = join(web, 'target/classes/static/index.html');
  if (!existsSync(page) || Math.max(...sources.map((name) => newest(join(web, name)))) > statSync(page).mtimeMs) {
    run('npm', 'run', '--silent', 'build');
  }
} else if (task === 'test') {
  // -DskipTests without a value arrives as an empty text or as true.
  if (!skips.some((skip) => skip === 'true' || skip === '')) {
    run('npm', 'run', '--silent', 'typecheck');
    run('npm', 'run', '--silent', 'test');
  }
} else {
  fail(`no such task: ${task}`);
}

/** npm leaves in node_modules a list of what it put there. Packages for other platforms are missing from it. */
function packagesAsLocked() {
  const list = join(web, 'node_modules/.package-lock.json');
  if (!existsSync(list)) {
    return false;
  }
  const there = JSON.parse(readFileSync(list, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(web, 'package-lock.json'), 'utf8')).packages;
  return (
    Object.entries(there).every(([name, { version }]) => wanted[name]?.version === version) &&
    Object.entries(wanted).every(([name, { optional }]) => name === '' || optional === true || name in there)
  );
}

/** When a file, or anything in a folder, last changed. A folder changes when a file in it goes away. */
function newest(path) {
  const stat = statSync(path);
  return stat.isDirectory()
    ? Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
    : stat.mtimeMs;
}

function run(command, ...args) {
  // A shell finds npm.cmd on Windows.
  const { status, error } = spawnSync([command, ...args].join(' '), { cwd: web, stdio: 'inherit', shell: true });
  if (error !== undefined || status !== 0) {
    fail(`${command} ${args.join(' ')} failed`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
