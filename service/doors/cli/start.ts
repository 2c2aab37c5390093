#!/usr/bin/env node
// Starts the command line with what V8 made of its code when it ran before: compiling is a tenth to a fifth of a short run.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import * as zlib from "node:zlib";

/** What the command line tells of its run. */
type Main = { readonly ran: { readonly linted: boolean } };

/** The build's name for what is in the bundle: V8 looks at no more than the length of a text. */
declare const natslintBundle: string;

// Services run for long, and are bundles of their own, which what starts from kept code cannot import.
const isService = process.argv.some((one) => one === "serve" || one === "audit");

// The V8 of Node 20 optimises functions long before a run of a fifth of a second gains by it, which takes a fifth of its
// work and half of a repository's; it compiles the policies' functions one by one when they are called, not beside
// everything else; and it lets memory grow to three times of what is in use. Later ones know better, or do not know the
// flags. Compiled code is good for the same flags only.
if (!isService && process.versions.node.startsWith("20."))
  setFlagsFromString("--interrupt-budget=1000000 --no-wasm-lazy-compilation --heap-growing-percent=50");

const bundle = join(__dirname, "natslint.js");
const folder = isService ? null : cacheFolder();
if (folder === null) require(bundle);
else start(join(folder, `${process.version}-${process.arch}-${natslintBundle}`), folder);

function start(file: string, folder: string): void {
  const cachedData = kept(file);
  // What a `#!` would be is none inside of a function, and the bundle has none.
  const text = `(function (exports, require, module, __filename, __dirname) {\n${readFileSync(bundle, "utf8")}\n})`;
  const script = new Script(text, { filename: bundle, lineOffset: -1, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  (script.runInThisContext() as (...given: unknown[]) => void)(module.exports, createRequire(bundle), module, bundle, __dirname);
  if (cachedData !== undefined && script.cachedDataRejected !== true) return;
  process.once("exit", (code) => {
    // Functions are compiled when they are called: only a run that linted has called those that count.
    if ((code === 0 || code === 1) && (module.exports as Main).ran.linted) keep(script.createCachedData(), file, folder);
  });
}

/**
 * `node_modules/.cache/natslint`, where the package is installed: whoever may write there may change the program itself.
 * Null where there is none, as in the image, and where Node's own switch says that compiled code is not to be kept.
 */
function cacheFolder(): string | null {
  if ((process.env["NODE_DISABLE_COMPILE_CACHE"] ?? "") !== "" || zlib.crc32 === undefined) return null;
  const own = dirname(__dirname);
  const modules = basename(dirname(own)) === "node_modules" ? dirname(own) : join(own, "node_modules");
  return existsSync(modules) ? join(modules, ".cache", "natslint") : null;
}

/** V8 believes what it is given, so what a full disk or a broken one left of it is found out here. */
function kept(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(0, -4);
    return bytes.length > 4 && zlib.crc32(data) === bytes.readUInt32LE(data.length) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Where nothing can be written, the next run compiles again. */
function keep(data: Buffer, file: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(zlib.crc32(data));
    // In one step: others may be reading.
    writeFileSync(`${file}.${process.pid}`, Buffer.concat([data, sum]));
    renameSync(`${file}.${process.pid}`, file);
    const version = `${process.version}-${process.arch}-`;
    for (const name of readdirSync(folder)) if (name.startsWith(version) && name !== basename(file)) rmSync(join(folder, name), { force: true });
  } catch {}
}
