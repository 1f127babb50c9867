/** What the kernel needs of the WebAssembly JavaScript Interface (W3C), which neither the language's own types nor Node's have. */
declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => Module;

  const Instance: new (
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: unknown };

  interface Memory {
    readonly buffer: ArrayBuffer;
    /** @param pages of 64 KiB */
    grow(pages: number): number;
  }

  /** A variable of a module; all of ours are i32. */
  interface Global {
    value: number;
  }
}
