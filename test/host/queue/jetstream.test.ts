// The queue over a real nats-server that dies, comes back, refuses strangers, or was set up by somebody else.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstreamManager, type RetentionPolicy, type StoredMsg } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addressProblem, shownServers } from "../../../service/host/queue/connection.ts";
import { jetStreamQueue, type JetStreamQueueOptions } from "../../../service/host/queue/jetstream.ts";
import type { JobQueue, QueueTimes, Work } from "../../../service/host/queue/queue.ts";
import { root } from "../../../tools/opa.ts";
import { type NatsServer, natsServer, natsServerThere } from "./server.ts";

const times: QueueTimes = { ackWait: 1_000, leaseTime: 1_500, delays: [50, 100], putTimeout: 1_000 };

describe.skipIf(!natsServerThere())("the queue on a nats-server", { timeout: 20_000 }, () => {
  const open: (JobQueue | Work | NatsServer)[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await ("stop" in one ? one.stop() : "end" in one ? one.end() : one.close());
  });
  async function server(flags?: readonly string[]): Promise<NatsServer> {
    const made = await natsServer(flags);
    open.push(made);
    return made;
  }
  async function queue(on: NatsServer, more: Partial<JetStreamQueueOptions> = {}): Promise<JobQueue> {
    const made = await jetStreamQueue({ address: { servers: [on.url] }, times, ...more });
    open.push(made);
    return made;
  }
  function work(on: JobQueue, ...how: Parameters<JobQueue["work"]>): void {
    open.push(on.work(...how));
  }

  test("keeps what waits while the server is killed, and goes on after it is back", async () => {
    const nats = await server();
    const one = await queue(nats);
    for (let key = 0; key < 3; key++) await one.put({ key: `k${key}`, id: `${key}`, body: `${key}` });
    await nats.kill();
    await expect(one.put({ key: "k9", id: "9", body: "9" })).rejects.toThrow("the queue does not take letters");
    await vi.waitFor(() => expect(one.problem()).toBe("the queue is not connected"), 5_000);
    await nats.start();
    await vi.waitFor(() => expect(one.problem()).toBeNull(), 10_000);
    const got: string[] = [];
    work(one, 2, async ({ body }) => {
      got.push(body);
      return { kind: "done" };
    });
    await one.put({ key: "k0", id: "again", body: "newer" });
    await vi.waitFor(() => expect(got.toSorted()).toEqual(expect.arrayContaining(["1", "2", "newer"])), 10_000);
  });

  test("a server that is killed while a job runs: the job is settled or comes again, and its lease stands", async () => {
    const nats = await server();
    const one = await queue(nats);
    const two = await queue(nats);
    let inside = 0;
    let most = 0;
    const ended: string[] = [];
    const handle = async (on: JobQueue): Promise<{ kind: "done" } | { kind: "put off"; after: number }> => {
      const lease = await on.lease("pr.1");
      if (lease === null) return { kind: "put off", after: 100 };
      most = Math.max(most, ++inside);
      if (ended.length === 0) {
        await nats.kill();
        await nats.start();
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      inside--;
      ended.push("end");
      await lease.release();
      return { kind: "done" };
    };
    await one.put({ key: "pr.1", id: "1", body: "" });
    work(one, 1, () => handle(one));
    work(two, 1, () => handle(two));
    await vi.waitFor(async () => expect(await one.depth()).toEqual({ waiting: 0, running: 0, dead: 0 }), { timeout: 15_000, interval: 200 });
    expect(ended.length).toBeGreaterThan(0);
    expect(most).toBe(1);
  });

  test("what a dead worker held goes to another", async () => {
    const nats = await server();
    const dying = await queue(nats);
    const living = await queue(nats);
    await dying.put({ key: "a", id: "1", body: "" });
    let taken = false;
    void dying.work(1, () => {
      taken = true;
      return new Promise(() => undefined);
    });
    await vi.waitFor(() => expect(taken).toBe(true), 5_000);
    await dying.close();
    const tries: number[] = [];
    work(living, 1, async ({ attempt }) => {
      tries.push(attempt);
      return { kind: "done" };
    });
    await vi.waitFor(() => expect(tries).toEqual([2]), 10_000);
  });

  test("two workers share letters, and none is worked on twice", async () => {
    const nats = await server();
    const both = [await queue(nats), await queue(nats)];
    const got: string[][] = [[], []];
    for (const [index, one] of both.entries())
      work(one, 2, async ({ key }) => {
        got[index]?.push(key);
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { kind: "done" };
      });
    for (let key = 0; key < 40; key++) await both[key % 2]?.put({ key: `k${key}`, id: `${key}`, body: "" });
    await vi.waitFor(() => expect(got.flat()).toHaveLength(40), 10_000);
    expect(new Set(got.flat()).size).toBe(40);
    expect(Math.min(...got.map((some) => some.length))).toBeGreaterThan(0);
  });

  test("a lease that somebody else took is lost, and the holder knows", async () => {
    const nats = await server();
    const one = await queue(nats);
    const lease = await one.lease("pr.1");
    const connection = await connect({ servers: nats.url });
    await (await jetstreamManager(connection)).streams.purge("KV_NATSLINT_LEASES");
    await connection.close();
    const other = await one.lease("pr.1");
    expect(other).not.toBeNull();
    await vi.waitFor(() => expect(lease?.lost.aborted).toBe(true), 3_000);
    await lease?.release();
    expect(await one.lease("pr.1")).toBeNull();
  });

  test("streams that are gone are made again", async () => {
    const nats = await server();
    const one = await queue(nats);
    const got: string[] = [];
    work(one, 1, async ({ body }) => {
      got.push(body);
      return { kind: "done" };
    });
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    await manager.streams.delete("NATSLINT_JOBS");
    await vi.waitFor(() => one.put({ key: "a", id: "1", body: "back" }), { timeout: 10_000, interval: 300 });
    await vi.waitFor(() => expect(got).toEqual(["back"]), 5_000);
    await connection.close();
  });

  test("a dead letter keeps its text and says why", async () => {
    const nats = await server();
    const one = await queue(nats);
    await one.put({ key: "a", id: "1", body: "not understood" });
    work(one, 1, async () => ({ kind: "dead", why: "version 9\r\nNatslint-Forged: 1" }));
    await vi.waitFor(async () => expect((await one.depth()).dead).toBe(1), 5_000);
    const connection = await connect({ servers: nats.url });
    const dead = (await (await jetstreamManager(connection)).streams.getMessage("NATSLINT_DEAD", { last_by_subj: "natslint.dead.a" })) as StoredMsg;
    expect(dead.string()).toBe("not understood");
    expect(dead.header.get("Natslint-Why")).toBe("version 9??Natslint-Forged: 1");
    expect(dead.header.get("Natslint-Attempts")).toBe("1");
    await connection.close();
  });

  test("a stream of other settings is told, and left as it is", async () => {
    const nats = await server();
    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: "NATSLINT_JOBS", subjects: ["natslint.job.>"], retention: "limits" as RetentionPolicy });
    await expect(queue(nats)).rejects.toThrow(
      "the queue cannot be used: the stream NATSLINT_JOBS is there with other settings: retention is limits and has to be workqueue; discard is old and has to be new; max_msgs_per_subject is -1 and has to be 1. Change or delete it, or give the queue another name",
    );
    expect((await manager.streams.info("NATSLINT_JOBS")).config.retention).toBe("limits");
    await connection.close();
    await queue(nats, { name: "other" });
  });

  test("a server without JetStream, or none at all, is told in a sentence", async () => {
    const nats = await server([]);
    await expect(queue(nats)).rejects.toThrow(/the queue cannot be used: .*jetstream/i);
    await nats.kill();
    await expect(queue(nats)).rejects.toThrow(`the queue cannot be reached at nats://127.0.0.1:${nats.port}: `);
  });

  test("credentials: user and password in the address or beside it, a token; refused ones are not told", async () => {
    const nats = await server(["-js", "--user", "ci", "--pass", "s3cr3t"]);
    const address = `nats://ci:s3cr3t@127.0.0.1:${nats.port}`;
    await queue(nats, { address: { servers: [address] } });
    await queue(nats, { address: { servers: [nats.url], user: "ci", password: "s3cr3t" } });
    const refused = await queue(nats, { address: { servers: [address.replace("s3cr3t", "wr0ng")] } }).catch((thrown: Error) => thrown.message);
    expect(refused).toBe(`the queue cannot be reached at nats://127.0.0.1:${nats.port}: it refuses the credentials`);
    const other = await server(["-js", "--auth", "t0ken"]);
    await queue(other, { address: { servers: [`nats://t0ken@127.0.0.1:${other.port}`] } });
  });

  test("a user with no more permissions than the guide names", async () => {
    const folder = (await server()).folder;
    const guide = readFileSync(join(root, "docs/github-app.md"), "utf8");
    const [, publish = "", subscribe = ""] = /Permissions that a NATS user needs: publish to (.*); subscribe to (.*)\./.exec(guide) ?? [];
    const subjects = (text: string): string => JSON.stringify([...text.matchAll(/`([^`]+)`/g)].map(([, subject]) => subject));
    writeFileSync(
      join(folder, "nats.conf"),
      `authorization { users: [{ user: ci, password: pw, permissions: { publish: ${subjects(publish)}, subscribe: ${subjects(subscribe)} } }] }`,
    );
    const nats = await server(["-js", "-c", join(folder, "nats.conf")]);
    const one = await queue(nats, { address: { servers: [nats.url], user: "ci", password: "pw" } });
    await one.put({ key: "a", id: "1", body: "" });
    await one.put({ key: "b", id: "2", body: "" });
    const done: string[] = [];
    work(one, 1, async ({ key, attempt }) => {
      const lease = await one.lease(key);
      await one.note(key, "x");
      await one.note(key, (await one.noted(key)) === "x" ? null : "y");
      await lease?.release();
      if (attempt === 1) return { kind: "failed" };
      done.push(key);
      return key === "a" ? { kind: "done" } : { kind: "dead", why: "test" };
    });
    await vi.waitFor(async () => expect(await one.depth()).toEqual({ waiting: 0, running: 0, dead: 1 }), 5_000);
    expect(done.toSorted()).toEqual(["a", "b"]);
  });

  test("TLS: the server's certificate is checked, and a client's is shown", async () => {
    const plain = await server();
    const { folder } = plain;
    const file = (name: string): string => join(folder, name);
    const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
    openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-subj",
      "/CN=ca",
      "-days",
      "2",
    );
    writeFileSync(file("ext"), "subjectAltName=DNS:localhost");
    for (const name of ["server", "client"]) {
      openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
      openssl(
        "x509",
        "-req",
        "-in",
        `${name}.csr`,
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        `${name}.pem`,
        "-days",
        "2",
        "-extfile",
        "ext",
      );
    }
    const nats = await server(["-js", "--tlsverify", "--tlscert", file("server.pem"), "--tlskey", file("server.key"), "--tlscacert", file("ca.pem")]);
    const servers = [`tls://localhost:${nats.port}`];
    await queue(nats, { address: { servers, ca: file("ca.pem"), certificate: file("client.pem"), key: file("client.key") } });
    await expect(queue(nats, { address: { servers, certificate: file("client.pem"), key: file("client.key") } })).rejects.toThrow(
      "the queue cannot be reached",
    );
    await expect(queue(nats, { address: { servers, ca: file("missing.pem") } })).rejects.toThrow("a file of credentials or certificates does not exist");
  });
});

test.each([
  [[], "it names no server"],
  [["localhost:4222"], /nats:/],
  [["nats://"], /nats:\/\/HOST/],
  [["redis://a:1"], "it takes nats:// or tls://, not redis://"],
  [["nats://a:4222/x"], "it takes a host and a port, and no path"],
  [["nats://a:4222", "tls://b"], null],
])("the address %j", (servers, problem) => {
  const said = addressProblem({ servers });
  if (problem === null) expect(said).toBeNull();
  else expect(said).toMatch(problem);
});

test("an address is shown without its credentials", () => {
  expect(shownServers({ servers: ["nats://user:pass@a:4222", "tls://token@b"] })).toBe("nats://a:4222, tls://b");
});
