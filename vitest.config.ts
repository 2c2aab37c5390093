// Tests run real wasm, real processes and real servers: the limit only ends what hangs.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 120_000 } });
