// What both queues promise, tried on both: in memory and on a real nats-server.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { jetStreamQueue } from "../../../service/host/queue/jetstream.ts";
import { memoryQueue } from "../../../service/host/queue/memory.ts";
import type { Delivery, JobQueue, Letter, Outcome, QueueTimes, Work } from "../../../service/host/queue/queue.ts";
import { type NatsServer, natsServer, natsServerThere } from "./server.ts";

const times: QueueTimes = { ackWait: 1_000, leaseTime: 1_500, delays: [50, 100], putTimeout: 1_000 };
const kinds = natsServerThere() ? (["memory", "jetstream"] as const) : (["memory"] as const);

describe.each(kinds)("the queue in %s", (kind) => {
  let server: NatsServer | undefined;
  let number = 0;
  const open: (JobQueue | Work)[] = [];

  beforeAll(async () => {
    if (kind === "jetstream") server = await natsServer();
  });
  afterAll(() => server?.end());
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await ("stop" in one ? one.stop() : one.close());
  });

  async function queue(capacity = 1_000): Promise<JobQueue> {
    const made =
      server === undefined
        ? memoryQueue({ times, capacity })
        : await jetStreamQueue({ address: { servers: [server.url] }, name: `test${++number}`, times, capacity });
    open.push(made);
    return made;
  }
  function work(on: JobQueue, handle: (one: Delivery) => Promise<Outcome>, slots = 1): Work {
    const made = on.work(slots, handle);
    open.push(made);
    return made;
  }

  test("hands out what was put, once", async () => {
    const one = await queue();
    expect(await one.put(letter("a", "1"))).toBe("queued");
    const got: string[] = [];
    work(one, async ({ key, body }) => {
      got.push(`${key} ${body}`);
      return { kind: "done" };
    });
    await vi.waitFor(() => expect(got).toEqual(["a body 1"]), 5_000);
    await vi.waitFor(async () => expect(await one.depth()).toEqual({ waiting: 0, running: 0, dead: 0 }), 5_000);
  });

  test("keeps the latest of a key only", async () => {
    const one = await queue();
    for (let push = 0; push < 100; push++) await one.put(letter(`pr.${push % 5}`, String(push)));
    expect((await one.depth()).waiting).toBe(5);
    const got: string[] = [];
    work(one, async ({ body }) => {
      got.push(body);
      return { kind: "done" };
    });
    await vi.waitFor(() => expect(got.toSorted()).toEqual(["body 95", "body 96", "body 97", "body 98", "body 99"]), 5_000);
  });

  test("takes an id once, also after it was done and a hundred times at once", async () => {
    const one = await queue();
    const answers = await Promise.all(Array.from({ length: 100 }, () => one.put(letter("a", "same"))));
    expect(answers.filter((answer) => answer === "queued")).toHaveLength(1);
    let done = 0;
    work(one, async () => {
      done++;
      return { kind: "done" };
    });
    await vi.waitFor(() => expect(done).toBe(1), 5_000);
    expect(await one.put(letter("a", "same"))).toBe("duplicate");
  });

  test("tries again what failed, later each time, and counts the tries", async () => {
    const one = await queue();
    await one.put(letter("a", "1"));
    const tries: number[] = [];
    const at: number[] = [];
    work(one, async ({ attempt }) => {
      tries.push(attempt);
      at.push(performance.now());
      if (attempt === 2) throw new Error("thrown is failed");
      return { kind: attempt === 3 ? "done" : "failed" };
    });
    await vi.waitFor(() => expect(tries).toEqual([1, 2, 3]), 5_000);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(40);
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThan(90);
  });

  test("counts being put off as no try", async () => {
    const one = await queue();
    await one.put(letter("a", "1"));
    const tries: number[] = [];
    work(one, async ({ attempt }) => {
      tries.push(attempt);
      if (tries.length <= 3) return { kind: "put off", after: 20 };
      return { kind: tries.length === 4 ? "failed" : "done" };
    });
    await vi.waitFor(() => expect(tries).toEqual([1, 1, 1, 1, 2]), 8_000);
  });

  test("what is put off gives way to a newer one of its key", async () => {
    const one = await queue();
    await one.put(letter("a", "old"));
    const got: string[] = [];
    work(one, async ({ body }) => {
      got.push(body);
      if (body !== "body old") return { kind: "done" };
      await one.put(letter("a", "new"));
      return { kind: "put off", after: 100 };
    });
    await vi.waitFor(() => expect(got).toContain("body new"), 5_000);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(got).toEqual(["body old", "body new"]);
  });

  test("keeps the dead apart", async () => {
    const one = await queue();
    await one.put(letter("a", "1"));
    let tries = 0;
    work(one, async () => {
      tries++;
      return { kind: "dead", why: "it is not understood" };
    });
    await vi.waitFor(async () => expect(await one.depth()).toEqual({ waiting: 0, running: 0, dead: 1 }), 5_000);
    expect(tries).toBe(1);
  });

  test("keeps a letter while it is worked on for longer than a silent worker may", async () => {
    const one = await queue();
    await one.put(letter("a", "1"));
    let tries = 0;
    let done = false;
    work(
      one,
      async () => {
        tries++;
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        done = true;
        return { kind: "done" };
      },
      2,
    );
    await vi.waitFor(() => expect(done).toBe(true), 5_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(tries).toBe(1);
  });

  test("works on as many at once as there are slots", async () => {
    const one = await queue();
    for (let key = 0; key < 9; key++) await one.put(letter(`k${key}`, String(key)));
    let now = 0;
    let most = 0;
    let done = 0;
    work(
      one,
      async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 50));
        now--;
        done++;
        return { kind: "done" };
      },
      3,
    );
    await vi.waitFor(() => expect(done).toBe(9), 8_000);
    expect(most).toBe(3);
  });

  test("is full when it is full, and takes a newer one of a key that waits", async () => {
    const one = await queue(3);
    for (let key = 0; key < 3; key++) await one.put(letter(`k${key}`, String(key)));
    await expect(one.put(letter("k3", "3"))).rejects.toThrow("the queue is full");
    expect(one.problem()).toBe("the queue is full");
    if (kind === "memory") expect(await one.put(letter("k0", "again"))).toBe("queued");
  });

  test("gives a lease to one at a time, for as long as it is held", async () => {
    const one = await queue();
    const held = await one.lease("pr.1");
    expect(held).not.toBeNull();
    expect(await one.lease("pr.1")).toBeNull();
    expect(await one.lease("pr.2")).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect(await one.lease("pr.1")).toBeNull();
    expect(held?.lost.aborted).toBe(false);
    await held?.release();
    expect(await one.lease("pr.1")).not.toBeNull();
  });

  test("keeps notes until they are taken away", async () => {
    const one = await queue();
    expect(await one.noted("42")).toBeNull();
    await one.note("42", "first");
    await one.note("42", "second");
    expect(await one.noted("42")).toBe("second");
    await one.note("42", null);
    expect(await one.noted("42")).toBeNull();
  });

  test("stops when what is being worked on is done, and takes nothing more", async () => {
    const one = await queue();
    let done = 0;
    const working = work(one, async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      done++;
      return { kind: "done" };
    });
    await one.put(letter("a", "1"));
    await one.put(letter("b", "2"));
    await vi.waitFor(async () => expect((await one.depth()).running).toBe(1), 5_000);
    await working.stop();
    expect(done).toBe(1);
    await vi.waitFor(async () => expect(await one.depth()).toMatchObject({ waiting: 1 }), 5_000);
  });
});

function letter(key: string, id: string): Letter {
  return { key, id, body: `body ${id}` };
}
