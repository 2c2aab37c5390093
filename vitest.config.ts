// Tests run real wasm, real processes and real servers: the limit only ends what hangs.
import { defaultExclude, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = {
  // How long each file took stays when libraries are installed anew: the longest begin first.
  cacheDir: ".cache/vite",
  // test/cluster needs an API server and has a configuration of its own.
  // Much of the time is spent waiting for processes, clocks and time-outs, so that twice as many files run as there are cores.
  test: { maxWorkers: "200%", testTimeout: 120_000, hookTimeout: 120_000, exclude: [...defaultExclude, "test/cluster/**"] },
};

export default config;
