// Model in, violations out: the only file that knows the OPA wasm SDK, and that guards against what it does wrong.
// The SDK answers bad input with "nothing found", is unusable after a throw, throws strings, and never gives memory back.

import * as sdk from "@open-policy-agent/opa-wasm";
import { missingBuiltins } from "./host-builtins.ts";
import { compareViolations, type PolicyViolation, readViolation } from "./violation.ts";

declare global {
  /** What is used of WebAssembly here. TypeScript has its types among the browsers' only. */
  namespace WebAssembly {
    interface Module {}
    interface Memory {
      readonly buffer: ArrayBuffer;
    }
    function compile(bytes: Uint8Array): Promise<Module>;
  }
}

/** What policies receive. What is `undefined` in it is not known to them; `null` is known to be unset. */
export interface PolicyInput {
  /** Plain JSON: NaN and infinite numbers would turn into null, holes of lists too. */
  readonly model: unknown;
  /** The model before the change; `null`: there was none. */
  readonly base?: unknown;
  /** Facts about the cluster. */
  readonly cluster?: unknown;
  /** For each rule that has options all of them, by name. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Engine {
  /**
   * All that the policies say, in one order: the same for the same input.
   * Throws an Error if they cannot be evaluated, or say what is no violation. It holds nothing of the input, and the
   * next call starts afresh.
   */
  readonly evaluate: (input: PolicyInput) => readonly PolicyViolation[];
}

export interface EngineLimits {
  /** The memory that one evaluation may take, in MiB. Most take 1 or 2; a long list of digits takes 100 times its text. */
  readonly memory?: number;
}

/** The compiled policies: their bytes, or what WebAssembly made of them. */
export type PolicyWasm = Uint8Array | WebAssembly.Module;

/**
 * An engine for the compiled policies. Compiling runs beside the main thread: call this before reading files, with a
 * promise of the bytes, and await it after. Throws an Error if they are no policies.
 */
export async function loadEngine(wasm: PolicyWasm | Promise<PolicyWasm>, limits: EngineLimits = {}): Promise<Engine> {
  const given = await wasm;
  const most = Math.max(1, Math.round((limits.memory ?? 256) * pagesPerMebibyte));
  let module: WebAssembly.Module;
  let instance: sdk.LoadedPolicy | undefined;
  try {
    module = given instanceof Uint8Array ? await WebAssembly.compile(given) : given;
    instance = instantiate(module, Math.min(usualPages, most), most);
    const missing = missingBuiltins(instance);
    if (missing.length > 0) throw new Error(`they call ${missing.join(", ")}, which nobody here computes`);
  } catch (thrown) {
    throw failure("The compiled policies cannot be loaded", thrown);
  }
  let evaluations = 0;

  function evaluate({ model, base, cluster, options }: PolicyInput): readonly PolicyViolation[] {
    const nonce = ++evaluations;
    let policies = instance;
    // Taken away for the while: what throws is never used again, and a module's instance is made in 0.1 to 1 ms.
    instance = undefined;
    let answer: unknown;
    try {
      const text = encode({ nonce, model, base, cluster, options });
      const pages = Math.min(pagesFor(text.byteLength), most);
      if (policies === undefined || pagesOf(policies) < pages) policies = instantiate(module, pages, most);
      answer = policies.evaluate(text);
    } catch (thrown) {
      throw failure("The policies cannot be evaluated", thrown);
    }
    const violations = read(answer, nonce);
    if (pagesOf(policies) <= keptPages) instance = policies;
    return violations;
  }

  return { evaluate };
}

const pagesPerMebibyte = 16;
const usualPages = 4 * pagesPerMebibyte;
/** An instance that grew larger is dropped after its evaluation, because its memory never shrinks. */
const keptPages = 64 * pagesPerMebibyte;

function instantiate(module: WebAssembly.Module, initial: number, maximum: number): sdk.LoadedPolicy {
  // The SDK's types name an export of its CommonJS file; its ES module has it under `default` only.
  const { loadPolicySync } = (sdk as unknown as { readonly default: typeof sdk }).default;
  return loadPolicySync(module, { initial, maximum });
}

/** Pages to start with: policies take about 30 times the input's text, and growing one page at a time is slow. */
function pagesFor(bytes: number): number {
  return Math.max(usualPages, 2 ** Math.ceil(Math.log2((bytes * 30) / 65_536)));
}

function pagesOf(policies: sdk.LoadedPolicy): number {
  return policies.mem.buffer.byteLength / 65_536;
}

/** The input as the bytes of its JSON, which the SDK takes as they are: it would take malformed ones for no input. */
function encode(input: unknown): ArrayBuffer {
  let text = JSON.stringify(input);
  // OPA aborts at the escape of half a surrogate pair; an escaped backslash in front makes it plain text.
  if (text.includes("\\ud")) text = text.replace(/(\\\\)|\\ud[89a-f][0-9a-f]{2}/g, (_, backslash) => backslash ?? "\ufffd");
  const bytes = new TextEncoder().encode(text);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

/** The violations of an answer: `[{"result": {"nonce": 1, "violations": []}}]`. */
function read(answer: unknown, nonce: number): readonly PolicyViolation[] {
  const result = (answer as readonly { readonly result?: { readonly nonce?: unknown; readonly violations?: unknown } }[])?.[0]?.result;
  if (result?.nonce !== nonce || !Array.isArray(result.violations)) {
    throw new Error("The policies did not answer what they were asked");
  }
  return result.violations.map(readViolation).sort(compareViolations);
}

/** An Error for whatever the SDK threw: strings, plain objects and errors. A SyntaxError quotes the text, so it is not told. */
function failure(what: string, thrown: unknown): Error {
  if (thrown instanceof SyntaxError) return new Error(`${what}: the answer is no JSON`);
  const message = (thrown as { readonly message?: unknown } | null)?.message;
  return new Error(`${what}: ${typeof message === "string" ? message : String(thrown)}`, { cause: thrown });
}
