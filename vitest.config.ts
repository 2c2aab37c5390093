// Tests run real wasm, real processes and real servers: the limit only ends what hangs.
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = { test: { testTimeout: 60_000, hookTimeout: 120_000 } };

export default config;
