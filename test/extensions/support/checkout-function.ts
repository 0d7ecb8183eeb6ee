import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WASI } from 'node:wasi';

export const EXTENSION = resolve(import.meta.dirname, '..', '..', '..', 'extensions', 'shopify-checkout');
const COMPILER = join(EXTENSION, 'node_modules', 'assemblyscript', 'bin', 'asc.js');

/** Why the function cannot be compiled here; null: it can. */
export const whyNotCompiled = existsSync(COMPILER)
  ? null
  : 'the compiler is not installed: npm ci --prefix extensions/shopify-checkout';

/** The function compiled as a merchant's build compiles it. */
export interface CheckoutFunction {
  readonly bytes: number;
  readonly imports: readonly string[];
  readonly exports: readonly string[];
  /** Runs it on an input as Shopify does: JSON in, JSON out. `ms`: how long the function itself took. */
  readonly run: (input: unknown) => { readonly output: unknown; readonly text: string; readonly ms: number };
  readonly runText: (input: string) => { readonly output: unknown; readonly text: string; readonly ms: number };
  readonly close: () => void;
}

export async function compileCheckoutFunction(): Promise<CheckoutFunction> {
  const folder = mkdtempSync(join(tmpdir(), 'evenhand-function-'));
  const out = join(folder, 'function.wasm');
  execFileSync(process.execPath, [COMPILER, 'assembly/index.ts', '--config', 'asconfig.json', '--outFile', out], {
    cwd: EXTENSION,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const binary = readFileSync(out);
  const module = await WebAssembly.compile(binary);
  const runText = (input: string) => {
    const [stdin, stdout] = [join(folder, 'in.json'), join(folder, 'out.json')];
    writeFileSync(stdin, input);
    const [from, to] = [openSync(stdin, 'r'), openSync(stdout, 'w')];
    try {
      const wasi = new WASI({ version: 'preview1', stdin: from, stdout: to, returnOnExit: true });
      const instance = new WebAssembly.Instance(module, wasi.getImportObject() as WebAssembly.Imports);
      const begin = performance.now();
      wasi.start(instance);
      const ms = performance.now() - begin;
      const text = readFileSync(stdout, 'utf8');
      return { output: JSON.parse(text) as unknown, text, ms };
    } finally {
      closeSync(from);
      closeSync(to);
    }
  };
  return {
    bytes: binary.length,
    imports: WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
    run: (input) => runText(JSON.stringify(input)),
    runText,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
