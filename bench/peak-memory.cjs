// Preloaded into a measured process: writes its peak memory, in KiB, to where the bench asked for it, when it ends.
const file = process.env.BENCH_PEAK;
if (file !== undefined) process.on("exit", () => require("node:fs").writeFileSync(file, String(process.resourceUsage().maxRSS)));
