// Keeps out of the bundles what nothing calls: what the wasm SDK imports for built-ins that no policy may call (see
// capabilities.ts), the parts of `yaml` that are not used, a fetch of its own in the cluster's client, and in express the
// alphabets of the world and the types of all files there are.
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { root } from "./opa.ts";

const stubs: Readonly<Record<string, string>> = {
  yaml: `const no = () => { throw new Error("yaml.* is no built-in here"); }; module.exports = { parse: no, stringify: no };`,
  "sprintf-js": `module.exports = { vsprintf() { throw new Error("sprintf is no built-in here"); } };`,
  // The client's own calls are not used (service/host/cluster/connection.ts), and Node has a fetch by now.
  // Bodies are read by service/serving/raw-body.ts; what reads them in express, and knows every alphabet, is never called.
  "iconv-lite": `module.exports = { encodingExists: () => false, getDecoder() { throw new Error("only UTF-8 is read here"); } };`,
  // What natslint answers with. 150 kB of others are for services that hand out files.
  "mime-db": `module.exports = {
    "application/json": { charset: "UTF-8", extensions: ["json"] },
    "application/octet-stream": { extensions: ["bin"] },
    "text/html": { extensions: ["html"] },
    "text/plain": { extensions: ["txt"] },
  };`,
  "node-fetch": `module.exports = Object.assign(globalThis.fetch, { Headers, AbortError: Error, FetchError: Error, default: globalThis.fetch });`,
};

/** Which library's import of it is meant. */
const importers: Readonly<Record<string, RegExp>> = {
  yaml: /[\\/]@open-policy-agent[\\/]opa-wasm[\\/]/,
  "sprintf-js": /[\\/]@open-policy-agent[\\/]opa-wasm[\\/]/,
  "iconv-lite": /[\\/](raw-body|body-parser)[\\/]/,
  "mime-db": /[\\/]mime-types[\\/]/,
  "node-fetch": /[\\/]@kubernetes[\\/]client-node[\\/]/,
};

/** Files of the cluster's client, by half a megabyte of what the API server's types look like: nothing here is typed by them. */
const untyped = /^\.\/(serializer|api|gen\/index)\.js$/;

/** The same library as ES modules: of what Node would load, CommonJS, the bundle would have to keep everything. */
const yamlModules = join(root, "node_modules/yaml/browser/dist/index.js");

/** An esbuild plugin: what the libraries above import is a stub; elsewhere it is itself. */
export const bundleAliases: Plugin = {
  name: "natslint-bundle-aliases",
  setup(build) {
    build.onResolve({ filter: /^(yaml|sprintf-js|iconv-lite|mime-db|node-fetch)$/ }, ({ path, importer }) => {
      if (importers[path]?.test(importer)) return { path, namespace: "natslint-stub" };
      return path === "yaml" ? { path: yamlModules, sideEffects: false } : undefined;
    });
    build.onResolve({ filter: untyped }, ({ path, importer }) =>
      /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/][a-z_]+\.js$/.test(importer) ? { path, namespace: "natslint-stub" } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "natslint-stub" }, ({ path }) => ({
      contents: stubs[path] ?? "module.exports = {};",
      loader: "js",
    }));
  },
};
