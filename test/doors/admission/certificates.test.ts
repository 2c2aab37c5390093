// The certificate that is served, while its files change in every way they can: lines 1 to 8, 10 and 12 of the fault list.
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { makeAuthority, makeLeaf, type Signed } from "../../../service/doors/admission/authority.ts";
import { checkPair, validityProblem } from "../../../service/doors/admission/certificate.ts";
import { bundleOf, fromTexts, type Rotation, rotate, toTexts } from "../../../service/doors/admission/rotation.ts";
import { caller, SERVICE } from "./api-server-like.ts";
import { good, review } from "./reviews.ts";
import { type How, type Served, serve, until, writePair } from "./serve.ts";

const DAY = 24 * 60 * 60_000;
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function webhook(how: How = {}): Promise<Served> {
  const served = await serve(how);
  open.push(served.stop);
  return served;
}

/** The serial number that a new connection meets. */
function serial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, servername: SERVICE }, () => {
      resolve(socket.getPeerX509Certificate()?.serialNumber ?? "");
      socket.end();
    });
    socket.on("error", reject);
  });
}

const serialOf = (pair: Signed): string => {
  const checked = checkPair(pair);
  if ("problem" in checked) throw new Error(checked.problem);
  return checked.serial;
};

const newLeaf = (served: Served): Promise<Signed> => makeLeaf(served.authority, [SERVICE], Date.now(), 2);

const serves = (served: Served, pair: Signed): Promise<true> =>
  until(
    async () => ((await serial(served.port)) === serialOf(pair) ? true : undefined),
    () => `the new certificate is not served: ${served.text()}`,
  );

async function unready(pair: Signed): Promise<Served & { readonly said: string }> {
  const served = await webhook({ pair, ready: false });
  await until(
    () => (served.log().some(({ msg }) => msg === "the policies are loaded") ? true : undefined),
    () => served.text(),
  );
  await pause(1_200);
  const { status, text } = await served.health("/readyz");
  expect(status).toBe(503);
  expect((await served.health("/livez")).status).toBe(200);
  return { ...served, said: text };
}

test("1 an expired certificate at the start: not ready, alive, and the metric says when it ended", async () => {
  const authority = await makeAuthority(Date.now() - 5 * DAY, 10);
  const served = await unready(await makeLeaf(authority, [SERVICE], Date.now() - 3 * DAY, 1));
  expect(served.said).toContain("the certificate expired at ");
  expect(await served.metric(/^natslint_cert_not_after_seconds/)).toBeLessThan(Date.now() / 1000);
});

test("2 a certificate that comes to its end while it is served: ready, then not any more, and open connections go on", { timeout: 60_000 }, async () => {
  const served = await webhook();
  // Ready as long as more than ten minutes are left.
  const leaf = await makeLeaf(served.authority, [SERVICE], Date.now(), (10 * 60_000 + 8_000) / DAY);
  writePair(served.folder, leaf);
  await serves(served, leaf);
  expect((await served.health("/readyz")).status).toBe(200);
  const kept = caller(served.port, served.authority.certificate, 1);
  open.push(async () => kept.close());
  expect(await kept.ask(review(good()))).toMatchObject({ allowed: true });
  await until(
    async () => ((await served.health("/readyz")).text.includes("the certificate expires at") ? true : undefined),
    () => "still ready",
  );
  expect((await served.health("/livez")).status).toBe(200);
  expect(await kept.ask(review(good()))).toMatchObject({ allowed: true });
  const mended = await newLeaf(served);
  writePair(served.folder, mended);
  await serves(served, mended);
  await until(
    async () => ((await served.health("/readyz")).status === 200 ? true : undefined),
    () => served.text(),
  );
});

test("2 a certificate that has ended is refused by who calls, and one that soon will is not taken for one that lasts", async () => {
  const authority = await makeAuthority(Date.now(), 10);
  const pair = await makeLeaf(authority, [SERVICE], Date.now(), 2);
  const checked = checkPair(pair);
  if ("problem" in checked) throw new Error(checked.problem);
  expect(validityProblem(checked, checked.notAfter - 11 * 60_000, SERVICE)).toBeNull();
  expect(validityProblem(checked, checked.notAfter - 9 * 60_000, SERVICE)).toMatch(/^the certificate expires at .*, which is too soon$/);
  const old = await makeAuthority(Date.now() - 5 * DAY, 10);
  const late = await webhook({ ready: false, pair: await makeLeaf(old, [SERVICE], Date.now() - 3 * DAY, 1) });
  const fresh = caller(late.port, old.certificate);
  open.push(async () => fresh.close());
  await expect(fresh.post(JSON.stringify(review(good())))).rejects.toMatchObject({ code: "CERT_HAS_EXPIRED" });
  // Four seconds are left of it.
  const served = await webhook({ ready: false });
  const leaf = await makeLeaf(served.authority, [SERVICE], Date.now(), 4_000 / DAY);
  const first = await served.ask(review(good()));
  expect(first.allowed).toBe(true);
  rmSync(join(served.folder, "tls.crt"));
  writePair(served.folder, leaf);
  await pause(5_000);
  expect(await served.ask(review(good()))).toMatchObject({ allowed: true });
  expect(await serial(served.port)).not.toBe(serialOf(leaf));
});

test("3 a certificate of tomorrow: not ready, with a message that names the clock", async () => {
  const authority = await makeAuthority(Date.now() + DAY, 10);
  expect((await unready(await makeLeaf(authority, [SERVICE], Date.now() + DAY, 2))).said).toMatch(/is not valid before .*clock/);
});

test("4 files swapped one by one: the old pair stays, one error is told, and it heals", async () => {
  const served = await webhook();
  const old = await serial(served.port);
  const leaf = await newLeaf(served);
  writeFileSync(join(served.folder, "tls.crt"), leaf.certificate);
  await pause(2_500);
  expect(await serial(served.port)).toBe(old);
  expect(await served.metric(/^natslint_cert_reload_total\{result="refused"\}/)).toBe(1);
  expect((await served.health("/readyz")).status).toBe(200);
  writeFileSync(join(served.folder, "tls.key"), leaf.key);
  await serves(served, leaf);
});

test("5 kubelet's swap of a link, twice", async () => {
  const served = await webhook();
  const folder = join(served.folder, "mounted");
  mkdirSync(folder);
  const mount = (name: string, pair: Signed): void => {
    mkdirSync(join(folder, name));
    writePair(join(folder, name), pair);
    symlinkSync(name, join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
  };
  const first = await newLeaf(served);
  mount("..1", first);
  for (const file of ["tls.crt", "tls.key"]) {
    symlinkSync(join("..data", file), join(folder, file));
    rmSync(join(served.folder, file));
    symlinkSync(join("mounted", file), join(served.folder, file));
  }
  await serves(served, first);
  for (const name of ["..2", "..3"]) {
    const next = await newLeaf(served);
    mount(name, next);
    await serves(served, next);
  }
});

test("6 half a file, an empty one, nonsense: the old pair stays", async () => {
  const served = await webhook();
  const old = await serial(served.port);
  const { certificate, key } = await newLeaf(served);
  for (const [one, other] of [
    ["", ""],
    [certificate.slice(0, 100), key],
    [certificate, "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"],
  ] as const) {
    writePair(served.folder, { certificate: one, key: other });
    await pause(1_300);
    expect(await serial(served.port)).toBe(old);
  }
  expect(served.text()).not.toContain("hunter2");
  expect((await served.health("/readyz")).status).toBe(200);
});

test("7 100 certificates under load: no request fails", { timeout: 60_000 }, async () => {
  const served = await webhook();
  let stopped = false;
  const failures: unknown[] = [];
  let requests = 0;
  const client = async (): Promise<void> => {
    while (!stopped) {
      const once = caller(served.port, served.authority.certificate);
      try {
        expect((await once.post(JSON.stringify(review({ apiVersion: "v1", kind: "Secret", metadata: {} })))).status).toBe(200);
        requests++;
      } catch (thrown) {
        failures.push(thrown);
      }
      once.close();
    }
  };
  const clients = Array.from({ length: 4 }, client);
  let last: Signed | undefined;
  for (let count = 0; count < 100; count++) {
    last = await newLeaf(served);
    writePair(served.folder, last);
    await pause(30);
  }
  stopped = true;
  await Promise.all(clients);
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(50);
  if (last !== undefined) await serves(served, last);
});

test("10 a certificate without the name by which the API server calls: not ready", async () => {
  const authority = await makeAuthority(Date.now(), 10);
  expect((await unready(await makeLeaf(authority, ["other.natslint.svc"], Date.now(), 2))).said).toContain(`has no alternative name ${SERVICE}`);
});

test("12 no file at all: not ready, and ready once it comes", async () => {
  const served = await webhook({ ready: false, pair: { certificate: "", key: "" } });
  await until(
    async () => ((await served.health("/readyz")).text.includes("the certificate or its key is empty") ? true : undefined),
    () => "another reason",
  );
  writePair(served.folder, await newLeaf(served));
  await until(
    async () => ((await served.health("/readyz")).status === 200 ? true : undefined),
    () => `not ready: ${served.text()}`,
  );
});

describe("8 authorities overlap", () => {
  const maker = { makeAuthority, makeLeaf };

  /** Steps until nothing is to be done, with a client that trusts what it was told some time ago. */
  async function settle(state: Rotation | null, now: number, isObserved = true): Promise<Rotation[]> {
    const states: Rotation[] = [];
    let here = state;
    for (let step = 0; step < 10; step++) {
      const next = await rotate(here, { now, names: [SERVICE], isObserved }, maker);
      if (next === here) break;
      states.push(next);
      here = next;
    }
    return states;
  }

  const trusts = (bundle: string, leaf: Signed): boolean => {
    const authorities = bundle.split(/(?<=-----END CERTIFICATE-----\n)/).filter((one) => one.includes("BEGIN"));
    return authorities.some((one) => fromTexts({ "ca.crt": one, "ca.key": "x", "tls.crt": leaf.certificate, "tls.key": leaf.key }) !== null);
  };

  test("8 through twelve years of rotation no client meets a certificate that it was not told of", { timeout: 60_000 }, async () => {
    const start = Date.parse("2026-01-01T00:00:00Z");
    let [state] = await settle(null, start);
    let told = state === undefined ? "" : bundleOf(state);
    const authorities = new Set<string>();
    let leaves = 0;
    for (let day = 0; day < 12 * 365; day += 15) {
      // What clients know now is what they were told at the look before.
      for (const minutes of [0, 2]) {
        if (state === undefined) throw new Error("no certificate");
        const before: Rotation = state;
        const now = start + day * DAY + minutes * 60_000;
        const after: Rotation = await rotate(before, { now, names: [SERVICE], isObserved: told === bundleOf(before) }, maker);
        expect(trusts(told, after.leaf), `day ${day}`).toBe(true);
        expect(trusts(bundleOf(after), before.leaf), `day ${day}`).toBe(true);
        const checked = checkPair(after.leaf);
        expect("problem" in checked ? checked.problem : validityProblem(checked, now, SERVICE)).toBeNull();
        if (after.leaf !== before.leaf) leaves++;
        authorities.add(after.authority.certificate);
        expect(fromTexts(toTexts(after))).toEqual(after);
        state = after;
        told = bundleOf(after);
      }
    }
    expect(authorities.size).toBe(4);
    expect(leaves).toBeGreaterThan(40);
  });

  test("8 the next authority signs nothing until it was observed, and a minute after", async () => {
    const now = Date.now();
    const authority = await makeAuthority(now - 4 * 365 * DAY, 5 * 365);
    const leaf = await makeLeaf(authority, [SERVICE], now, 90);
    const [announcing, ...none] = await settle({ authority, leaf, next: null, former: [] }, now, false);
    expect([announcing?.next?.announced, none.length, announcing?.leaf]).toEqual([null, 0, leaf]);
    const [observed] = await settle(announcing ?? null, now, true);
    expect(observed?.next?.announced).toBe(now);
    expect(await settle(observed ?? null, now + 59_000)).toEqual([]);
    const [swapped] = await settle(observed ?? null, now + 60_000);
    expect(swapped?.authority).toEqual(observed?.next?.authority);
    expect(swapped?.former).toMatchObject([{ certificate: authority.certificate }]);
    expect(await settle(swapped ?? null, now + 61_000)).toEqual([]);
    const later = await settle(swapped ?? null, now + 91 * DAY);
    expect(later.at(-1)?.former).toEqual([]);
  });
});
