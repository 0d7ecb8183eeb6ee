/** As much of PHP as WebAssembly as tests use: its packages come without types that TypeScript finds. */
declare module '@php-wasm/universal' {
  export class PHP {
    constructor(runtime: number);
    mkdir(path: string): void;
    writeFile(path: string, text: string): void;
    onMessage(listener: (message: string) => Promise<string>): void;
    run(wish: {
      readonly code: string;
    }): Promise<{ readonly text: string; readonly errors: string; readonly exitCode: number }>;
    exit(): void;
  }
  export function loadPHPRuntime(loader: unknown, options: object): Promise<number>;
}
declare module '@php-wasm/node-7-4' {
  export function getPHPLoaderModule(): Promise<unknown>;
}
declare module '@php-wasm/node-8-4' {
  export function getPHPLoaderModule(): Promise<unknown>;
}
