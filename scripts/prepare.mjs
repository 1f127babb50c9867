// Runs after `npm ci`, and before `npm install -g .` links the folder: npm calls it there without having installed anything, so
// what the build needs is fetched first.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('node_modules/esbuild')) {
  // The outer call's own settings (a global install, its prefix) are not for this one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(global|prefix|location)$/i.test(name)),
  );
  execFileSync('npm', ['ci', '--ignore-scripts'], { env, stdio: 'inherit', shell: process.platform === 'win32' });
}
await import('./build.mjs');
