// Puts off loading parts of Node that a run rarely needs: crypto and child_process alone take 8 of the 40 ms of loading.
import childProcess from "node:child_process";
import crypto from "node:crypto";
import type { Plugin } from "esbuild";

const builtins: Readonly<Record<string, object>> = { "node:child_process": childProcess, "node:crypto": crypto };

/** An esbuild plugin for CommonJS bundles: the functions of those modules load them when they are first called, and so do `new` classes. Constants are not to be had. */
export const lazyBuiltins: Plugin = {
  name: "natslint-lazy-builtins",
  setup(build) {
    build.onResolve({ filter: /^node:(child_process|crypto)$/ }, ({ path, namespace }) =>
      namespace === "natslint-lazy" ? { path, external: true } : { path, namespace: "natslint-lazy", sideEffects: false },
    );
    build.onLoad({ filter: /.*/, namespace: "natslint-lazy" }, ({ path }) => ({ contents: forwards(path), loader: "js" }));
  },
};

function forwards(path: string): string {
  const functions = Object.entries(builtins[path] ?? {}).filter(([, value]) => typeof value === "function");
  return functions
    .map(([name]) =>
      /^[a-z]/.test(name)
        ? `export const ${name} = (...args) => require("${path}").${name}(...args);`
        : `export function ${name}(...args) { return Reflect.construct(require("${path}").${name}, args); }`,
    )
    .join("\n");
}
