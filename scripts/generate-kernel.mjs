// Compiles kernel/ to WebAssembly and writes it, as text, into a module of src: generate-kernel.mjs OUT.generated.ts
import { writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const [out] = process.argv.slice(2);
const options = ['--optimizeLevel', '3', '--runtime', 'stub', '--noAssert', '--use', 'abort=', '--enable', 'simd'];
const binaries = [];
const { error, stderr } = await asc.main(['kernel/index.ts', ...options, '--outFile', 'kernel.wasm'], {
  writeFile: (_name, contents) => binaries.push(contents),
});
if (error) {
  console.error(stderr.toString() || error);
  process.exit(1);
}
const base64 = Buffer.from(binaries[0]).toString('base64');
await writeFile(out, `/** Of kernel/, by scripts/generate-kernel.mjs. */\nexport const KERNEL =\n  '${base64}';\n`);
