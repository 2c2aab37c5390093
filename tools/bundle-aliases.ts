// Keeps out of the bundle what the wasm SDK imports for built-ins that no policy may call (see capabilities.ts).
import type { Plugin } from "esbuild";

const stubs: Readonly<Record<string, string>> = {
  yaml: `const no = () => { throw new Error("yaml.* is no built-in here"); }; module.exports = { parse: no, stringify: no };`,
  "sprintf-js": `module.exports = { vsprintf() { throw new Error("sprintf is no built-in here"); } };`,
};

/** An esbuild plugin: `yaml` and `sprintf-js`, where the wasm SDK imports them, are stubs; elsewhere they are themselves. */
export const bundleAliases: Plugin = {
  name: "natslint-bundle-aliases",
  setup(build) {
    build.onResolve({ filter: /^(yaml|sprintf-js)$/ }, ({ path, importer }) =>
      /[\\/]@open-policy-agent[\\/]opa-wasm[\\/]/.test(importer) ? { path, namespace: "natslint-stub" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "natslint-stub" }, ({ path }) => ({
      contents: stubs[path] ?? "",
      loader: "js",
    }));
  },
};
