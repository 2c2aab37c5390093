// Senders that take their time with headers or bodies: they are cut off, and keep nobody else from being heard.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, expect, test } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../../github/fake-github.ts";
import { release } from "./platform.ts";
import { opened, type Spawned, spawned } from "./spawned.ts";

const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function world(): Promise<{ readonly fake: FakeGitHub; readonly served: Spawned; readonly port: number }> {
  const fake = await startFakeGitHub({
    seed: { repositories: [{ name: "acme/platform", branches: { main: release("a"), topic: release("a", "replicas") } }] },
  });
  open.push(() => fake.close());
  const served = await spawned(fake);
  open.push(served.kill);
  return { fake, served, port: Number(new URL(served.base).port) };
}

/** A connection that sends one byte a second of what never ends; gives what it heard, once it is closed. */
async function dribble(port: number, first: string, byte: string): Promise<{ readonly heard: string; readonly seconds: number }> {
  const began = Date.now();
  const socket: Socket = connect(port, "127.0.0.1");
  const heard: string[] = [];
  socket.on("error", () => undefined).on("data", (chunk) => heard.push(String(chunk)));
  await once(socket, "connect");
  socket.write(first);
  const timer = setInterval(() => socket.write(byte), 1_000);
  await once(socket, "close");
  clearInterval(timer);
  return { heard: heard.join(""), seconds: (Date.now() - began) / 1_000 };
}

test("headers and bodies that dribble in, 200 at once: each is cut off, and webhooks between them are answered at once", { timeout: 90_000 }, async () => {
  const { fake, served, port } = await world();
  const head = "POST /api/github/webhooks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const headers = Array.from({ length: 100 }, () => dribble(port, head, "X"));
  const bodies = Array.from({ length: 100 }, () => dribble(port, `${head}Content-Length: 100000\r\n\r\n{`, " "));
  const pull = fake.state.repository("acme/platform").open({ head: "topic" });
  const times: number[] = [];
  for (let one = 0; one < 20; one++) {
    const began = performance.now();
    expect(await opened(fake, pull, served, "synchronize")).toBe(202);
    times.push(performance.now() - began);
  }
  expect(times.sort((a, b) => a - b)[10]).toBeLessThan(250);
  for (const { heard, seconds } of await Promise.all(headers)) expect([/^(HTTP\/1.1 408 |$)/.test(heard), seconds < 20]).toEqual([true, true]);
  for (const { heard, seconds } of await Promise.all(bodies)) expect([/^(HTTP\/1.1 408 |$)/.test(heard), seconds < 30]).toEqual([true, true]);
  expect(await served.get("/livez")).toMatch(/^200/);
});
