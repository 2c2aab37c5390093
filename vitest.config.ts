// Tests run real wasm, real processes and real servers: the limit only ends what hangs.
import { defaultExclude, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  // test/cluster needs an API server and has a configuration of its own.
  // Most of the time is spent waiting for processes, so that as many files run as there are cores.
  test: { maxWorkers: "100%", testTimeout: 60_000, hookTimeout: 120_000, exclude: [...defaultExclude, "test/cluster/**"] },
};

export default config;
