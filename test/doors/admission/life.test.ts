// The process from start to end, as a process: lines 51 to 59 of the fault list.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { caller, SERVICE } from "./api-server-like.ts";
import { bad, good, review } from "./reviews.ts";
import { type How, type Served, serve, servicePath, started, until } from "./serve.ts";

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function webhook(how: How = {}): Promise<Served> {
  const served = await serve({ process: true, ...how });
  open.push(served.stop);
  return served;
}

describe("51 SIGTERM", () => {
  test("51 idle: not ready at once, ends with 0", async () => {
    const served = await webhook({ env: { NATSLINT_DRAIN_SECONDS: "1" } });
    const ended = served.stop();
    await until(
      async () => ((await served.health("/readyz")).status === 503 ? true : undefined),
      () => "still ready",
    );
    expect((await served.health("/livez")).status).toBe(200);
    expect(await ended).toBe(0);
  });

  test("51 under load: every request is answered, and connections are told to end", { timeout: 60_000 }, async () => {
    const served = await webhook({ env: { NATSLINT_DRAIN_SECONDS: "1", NATSLINT_DRAIN_QUIET_SECONDS: "1" } });
    const load = caller(served.port, served.authority.certificate, 8);
    let stopped = false;
    const results: (number | string)[] = [];
    let closes = 0;
    const client = async (): Promise<void> => {
      while (!stopped) {
        try {
          const { status, headers } = await load.post(JSON.stringify(review(good())));
          results.push(status);
          if (headers["connection"] === "close") closes++;
        } catch (thrown) {
          results.push((thrown as { code?: string }).code ?? "error");
        }
        await pause(20);
      }
    };
    const clients = Array.from({ length: 8 }, client);
    await pause(500);
    started?.kill("SIGTERM");
    await pause(900);
    stopped = true;
    await Promise.all(clients);
    load.close();
    expect(new Set(results)).toEqual(new Set([200]));
    expect(closes).toBeGreaterThan(0);
    expect(await served.stop()).toBe(0);
  });

  test("51 with a slow body on its way, and told twice: it ends at once", { timeout: 60_000 }, async () => {
    const served = await webhook({ env: { NATSLINT_DRAIN_SECONDS: "60" } });
    const slow = connect({ port: served.port, host: "127.0.0.1", ca: served.authority.certificate, servername: SERVICE });
    slow.on("error", () => undefined);
    slow.write("POST /v1/admit HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    await pause(200);
    const began = performance.now();
    started?.kill("SIGTERM");
    await pause(300);
    expect(await served.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test("54 a stopped process answers again once it goes on", { timeout: 60_000 }, async () => {
  const served = await webhook();
  started?.kill("SIGSTOP");
  const waiting = served.health("/livez");
  await pause(3_000);
  started?.kill("SIGCONT");
  expect((await waiting).status).toBe(200);
  // Who finds it still busy is told to come again, as the API server does.
  const sent = review(bad());
  const answer = await until(
    async () => {
      const { status, headers, text } = await served.post(JSON.stringify(sent));
      if (status === 200) return JSON.parse(text).response;
      expect([status, headers["retry-after"]]).toEqual([429, "1"]);
    },
    () => "still busy",
  );
  expect(answer.allowed).toBe(false);
});

test("55 without descriptors for more connections, those that are open are served", { timeout: 60_000 }, async () => {
  const served = await webhook();
  const limited = spawnSync("prlimit", ["--pid", String(started?.pid), "--nofile=48:48"]);
  if (limited.status !== 0) return expect(limited.error, "prlimit is not there: nothing was tested").toBeDefined();
  await served.ask(review(good()));
  const sockets = Array.from({ length: 60 }, () =>
    connect({ port: served.port, host: "127.0.0.1", ca: served.authority.certificate, servername: SERVICE }).on("error", () => undefined),
  );
  await pause(500);
  expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
  for (const socket of sockets) socket.destroy();
});

test("56 a log that nobody reads stops nothing", { timeout: 60_000 }, async () => {
  const served = await webhook();
  started?.stdout?.pause();
  for (let count = 0; count < 600; count++) await served.ask(review(good({ metadata: { name: `n-${"x".repeat(200)}${count}` } })));
  expect((await served.health("/livez")).status).toBe(200);
  started?.stdout?.resume();
});

test("57 it runs without a home and without a right to write anything", { timeout: 60_000 }, async () => {
  const served = await webhook({ env: { HOME: "/nonexistent", TMPDIR: "/nonexistent" } });
  expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
});

test("57 it runs on a file system that cannot be written, as user 65532, without rights", { timeout: 60_000 }, async ({ skip }) => {
  const user = "exec setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all";
  const shell = ["unshare", "--mount", "sh", "-c", `mount --bind / / && mount -o remount,bind,ro / && cd / && ${user} "$@"`, "sh"];
  const [program = "", ...args] = shell;
  const probe = spawnSync(program, [...args, "sh", "-c", `test -r ${await servicePath()} && ! touch /natslint-57 2>/dev/null && id -u`], { encoding: "utf8" });
  if (probe.stdout?.trim() !== "65532") skip("who runs this may not change users and mounts, or what is built cannot be read by others");
  const served = await webhook({ process: shell, env: { HOME: "/nonexistent", TMPDIR: "/nonexistent" } });
  expect(await served.ask(review(bad()))).toMatchObject({ allowed: false });
  expect(readFileSync(`/proc/${started?.pid}/status`, "utf8")).toMatch(/^Uid:\t65532\t65532\t65532\t65532\n(?:.*\n)*CapEff:\t0+$/m);
  expect(await served.stop()).toBe(0);
});

test("58 a port that is taken ends it with a sentence and 3", { timeout: 60_000 }, async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as AddressInfo;
  const env = { PATH: process.env["PATH"] ?? "", HOST: "127.0.0.1", PORT: String(port), NATSLINT_HEALTH_PORT: "0", NATSLINT_CLUSTER_STATE: "off" };
  const child = spawn(process.execPath, [await servicePath()], { env: { ...env, NATSLINT_TLS_CERT: "/none.crt", NATSLINT_TLS_KEY: "/none.key" } });
  let said = "";
  child.stderr.on("data", (text: Buffer) => (said += text));
  const code = await new Promise((resolve) => child.on("exit", resolve));
  taken.close();
  expect([code, said]).toEqual([3, `natslint: port ${port} of 127.0.0.1 cannot be listened on (EADDRINUSE)\n`]);
});

test("58 what it is told wrongly it says at once, all of it", async () => {
  const env = { PATH: process.env["PATH"] ?? "", PORT: "x", NATSLINT_MAX_MODE: "kill", NATSLINT_CONFIG: "/none.yaml" };
  const { status, stderr } = spawnSync(process.execPath, [await servicePath()], { env, encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr.split("\n")).toEqual([
    "natslint: --port takes a whole number from 0 to 65535",
    "natslint: --tls-cert and --tls-key are needed, the webhook's certificate and its key in PEM, or else --self-managed-certificates",
    "natslint: --max-mode takes warn, dryrun or deny",
    "natslint: /none.yaml cannot be read (ENOENT)",
    "",
  ]);
});

test("59 a connection that was idle for longer than Node keeps one is still there", { timeout: 60_000 }, async () => {
  const served = await webhook();
  const socket = connect({ port: served.port, host: "127.0.0.1", ca: served.authority.certificate, servername: SERVICE });
  let text = "";
  socket.setEncoding("utf8").on("data", (part: string) => (text += part));
  for (const idle of [0, 4_900, 5_100]) {
    await pause(idle);
    const body = JSON.stringify(review(good()));
    const before = text.length;
    socket.write(`POST /v1/admit HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await until(
      () => (text.length > before ? true : undefined),
      () => `no answer after ${idle} ms`,
    );
  }
  expect(text).toMatch(/Keep-Alive: timeout=120/i);
  socket.destroy();
});
