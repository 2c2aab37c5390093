// Tests against a real API server: slow, and loads of their own, so they run by themselves and one file after the other.
import type { ViteUserConfig } from "vitest/config";
import { root } from "../../tools/opa.ts";

const config: ViteUserConfig = {
  root,
  test: {
    include: ["test/cluster/**/*.test.ts"],
    globalSetup: "test/cluster/api-server.ts",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default config;
