// What policies leave to their host to compute. The SDK finds out that nobody can when an evaluation first asks, which is
// too late: by then all objects but that one were judged, and nobody knew.

/** What the SDK answers itself; the bundles leave out the rest of it (tools/capabilities.ts). */
const ANSWERED: readonly string[] = ["regex.split"];

/** Names of built-ins that the policies call and nobody answers. */
export function missingBuiltins({ wasmInstance, mem }: Loaded): readonly string[] {
  const { builtins, opa_json_dump: dump } = wasmInstance.exports as Exports;
  const bytes = new Uint8Array(mem.buffer, dump(builtins()));
  const names = JSON.parse(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))) as object;
  return Object.keys(names).filter((name) => !ANSWERED.includes(name));
}

/** A module that the SDK has loaded. */
interface Loaded {
  readonly wasmInstance: { readonly exports: unknown };
  readonly mem: { readonly buffer: ArrayBuffer };
}

/** Of the module's exports: both give addresses in its memory. */
interface Exports {
  readonly builtins: () => number;
  readonly opa_json_dump: (value: number) => number;
}
