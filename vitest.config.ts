// Tests run real wasm, real processes and real servers: the limit only ends what hangs.
import { defaultExclude, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  // test/cluster needs an API server and has a configuration of its own.
  test: { testTimeout: 60_000, hookTimeout: 120_000, exclude: [...defaultExclude, "test/cluster/**"] },
};

export default config;
