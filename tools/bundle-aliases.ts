// Keeps out of the bundles what nothing calls: what the wasm SDK imports for built-ins that no policy may call (see
// capabilities.ts), the parts of `yaml` that are not used, and a fetch of its own in the cluster's client.
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { root } from "./opa.ts";

const stubs: Readonly<Record<string, string>> = {
  yaml: `const no = () => { throw new Error("yaml.* is no built-in here"); }; module.exports = { parse: no, stringify: no };`,
  "sprintf-js": `module.exports = { vsprintf() { throw new Error("sprintf is no built-in here"); } };`,
  // The client's own calls are not used (service/host/cluster/connection.ts), and Node has a fetch by now.
  "node-fetch": `module.exports = Object.assign(globalThis.fetch, { Headers, AbortError: Error, FetchError: Error, default: globalThis.fetch });`,
};

/** Files of the cluster's client, by half a megabyte of what the API server's types look like: nothing here is typed by them. */
const untyped = /^\.\/(serializer|api|gen\/index)\.js$/;

/** The same library as ES modules: of what Node would load, CommonJS, the bundle would have to keep everything. */
const yamlModules = join(root, "node_modules/yaml/browser/dist/index.js");

/**
 * An esbuild plugin: `yaml` and `sprintf-js`, where the wasm SDK imports them, and `node-fetch`, where the cluster's client
 * does, are stubs; elsewhere they are themselves.
 */
export const bundleAliases: Plugin = {
  name: "natslint-bundle-aliases",
  setup(build) {
    build.onResolve({ filter: /^(yaml|sprintf-js|node-fetch)$/ }, ({ path, importer }) =>
      (path === "node-fetch" ? /[\\/]@kubernetes[\\/]client-node[\\/]/ : /[\\/]@open-policy-agent[\\/]opa-wasm[\\/]/).test(importer)
        ? { path, namespace: "natslint-stub" }
        : path === "yaml"
          ? { path: yamlModules, sideEffects: false }
          : undefined,
    );
    build.onResolve({ filter: untyped }, ({ path, importer }) =>
      /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/][a-z_]+\.js$/.test(importer) ? { path, namespace: "natslint-stub" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "natslint-stub" }, ({ path }) => ({
      contents: stubs[path] ?? "module.exports = {};",
      loader: "js",
    }));
  },
};
