// Sizes and durations, each as its own reader reads it.

import { describe, expect, test } from "vitest";
import { bytesOfConfSize, bytesOfQuantity, coresOfQuantity, secondsOfDuration } from "../../service/model/units.ts";

const Ki = 1024;
const Gi = Ki ** 3;

describe("a Kubernetes quantity in bytes", () => {
  test.each<[string, number | null]>([
    ["10Gi", 10 * Gi],
    ["10G", 10e9],
    ["1.5Gi", 1.5 * Gi],
    ["0.1Gi", 107374183],
    ["512Mi", 512 * Ki ** 2],
    ["64Ki", 64 * Ki],
    ["1k", 1000],
    ["1e3", 1000],
    ["1E3", 1000],
    ["1e-3", 1],
    ["1E", 1e18],
    ["1Ei", Ki ** 6],
    ["2Pi", 2 * Ki ** 5],
    ["500m", 1],
    ["1500m", 2],
    ["1.", 1],
    [".5Ki", 512],
    ["+5", 5],
    ["-1", -1],
    ["0", 0],
    ["00010Gi", 10 * Gi],
    ["100Ei", Number(2n ** 63n - 1n)],
    ["1e999999", Number(2n ** 63n - 1n)],
    ["1e-999999", 1],
    ["", null],
    ["Gi", null],
    ["10GB", null],
    ["10GiB", null],
    ["10gi", null],
    ["10K", null],
    ["10 Gi", null],
    [" 10Gi", null],
    ["1e", null],
    ["1e3Gi", null],
    ["1,5Gi", null],
    ["0x10", null],
    ["ten", null],
  ])("%j is %j", (text, bytes) => expect(bytesOfQuantity(text)).toBe(bytes));
});

test.each<[string, number | null]>([
  ["250m", 0.25],
  ["2", 2],
  ["0.5", 0.5],
  ["1.5", 1.5],
  ["100u", 0.0001],
  ["1n", 1e-9],
  ["1k", 1000],
  ["2 cores", null],
])("%j is %j cores", (text, cores) => expect(coresOfQuantity(text)).toBe(cores));

describe("a size in nats.conf in bytes", () => {
  test.each<[string, number | null, number | null]>([
    // written, in quotes, bare
    ["10G", 10 * Gi, 10e9],
    ["10K", 10 * Ki, 10e3],
    ["1T", Ki ** 4, 1e12],
    ["10GB", null, 10 * Gi],
    ["10Gi", null, 10 * Gi],
    ["10GiB", null, 10 * Gi],
    ["900mb", null, 900 * Ki ** 2],
    ["10g", null, 10e9],
    ["1P", null, 1e15],
    ["1024", null, 1024],
    ["-1", null, -1],
    ["-1G", -Gi, -1e9],
    ["", 0, null],
    ["1.5G", null, null],
    ["1 G", null, null],
    ["G", null, null],
    ["10B", null, null],
    ["1kbb", null, null],
    ["9223372036854775808", null, null],
    ["10e", null, Number(BigInt.asIntN(64, 10n ** 19n))],
  ])("%j: %j in quotes, %j bare", (text, quoted, bare) => {
    expect(bytesOfConfSize(text)).toBe(quoted);
    expect(bytesOfConfSize(text, "bare")).toBe(bare);
  });
});

describe("a Go duration in seconds", () => {
  test.each<[string, number | null]>([
    ["2m30s", 150],
    ["1h", 3600],
    ["500ms", 0.5],
    ["1h30m", 5400],
    ["1.5h", 5400],
    [".5s", 0.5],
    ["1.s", 1],
    ["100us", 0.0001],
    ["100\u00b5s", 0.0001],
    ["100\u03bcs", 0.0001],
    ["1ns", 1e-9],
    ["0", 0],
    ["-0", 0],
    ["0s", 0],
    ["-10s", -10],
    ["+5s", 5],
    ["30s1m", 90],
    ["2562047h47m16.854775807s", 9223372036.854776],
    ["2562047h47m16.854775808s", null],
    ["-2562047h47m16.854775808s", -9223372036.854776],
    ["", null],
    ["10", null],
    ["5d", null],
    ["1w", null],
    ["1 h", null],
    [" 1h", null],
    ["1H", null],
    ["1h30", null],
    ["h", null],
    [".s", null],
    ["-", null],
    ["--1s", null],
    ["1e3s", null],
    ["1min", null],
  ])("%j is %j", (text, seconds) => expect(secondsOfDuration(text)).toBe(seconds));
});
