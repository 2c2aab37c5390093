// Which container is the server, which version its image has, and what starts it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { at, text } from "../../../service/document/node.ts";
import { plain, UNKNOWN } from "../../../service/document/plain.ts";
import { readFlags } from "../../../service/model/kubernetes/flags.ts";
import { readObjects } from "../../../service/model/kubernetes/objects.ts";
import { podTemplate } from "../../../service/model/kubernetes/pod-template.ts";
import { serverContainer } from "../../../service/model/kubernetes/server-container.ts";
import { fromYaml } from "./from-yaml.ts";

/** What is found in a pod of one container: kind and version. */
const found = (container: string): string | null => {
  const server = serverContainer(fromYaml(`containers:\n  - ${container}`));
  return server === null ? null : [server.kind, server.version?.text].filter((one) => one !== undefined).join(" ");
};

describe("a server by its image", () => {
  test.each<[string, string | null]>([
    ["nats:2.10.18-alpine", "nats 2.10.18-alpine"],
    ["docker.io/library/nats:2.14.2", "nats 2.14.2"],
    ["nats:v2.10.18", "nats v2.10.18"],
    ["nats:2.14.0-RC.1-scratch", "nats 2.14.0-RC.1-scratch"],
    ["nats:1.4.1", "nats 1.4.1"],
    ["nats", "nats"],
    ["nats:latest", "nats"],
    ["nats:alpine", "nats"],
    ["nats:scratch", "nats"],
    ["nats:2", "nats"],
    ["nats:2.10", "nats"],
    ["nats:2.10-alpine", "nats"],
    ["nats@sha256:ac7228464fbc7154e91c9a00cba85b5d", "nats"],
    ["nats:2.9.25@sha256:ac7228464fbc7154e91c9a00cba85b5d", "nats 2.9.25"],
    ["registry.example.com:5000/mirror/nats:2.10.18", "nats 2.10.18"],
    ["registry.example.com:5000/team/nats", "nats"],
    ["registry.example.com/team/nats:1.0.3", "nats"],
    ["bitnami/nats:2.9.20-debian-11-r0", "nats 2.9.20-debian-11-r0"],
    ["bitnamilegacy/nats:2.11.8", "nats 2.11.8"],
    ["synadia/nats-server:nightly", "nats"],
    ["example.com/gnatsd:1.4.1", "nats 1.4.1"],
    ["example.com/qnatsd:0.3.3", "nats"],
    ["pires/docker-nats:1.0.0", "nats"],
    ["nats-streaming:0.25.6", "stan 0.25.6"],
    ["nats-streaming:0.17.0-linux", "stan 0.17.0-linux"],
    ["nats-streaming", "stan"],
    ["natsio/nats-box:0.14.1", null],
    ["natsio/prometheus-nats-exporter:0.9.0", null],
    ["natsio/nats-server-config-reloader:0.6.2", null],
    ["natsio/nats-boot-config:0.5.4", null],
    ["natsio/natscli:0.1.0", null],
    ["synadia/nats-surveyor:0.0.1", null],
    ["synadia/nats-account-server:1.0.0", null],
    ["connecteverything/nats-operator:0.7.4", null],
    ["natsio/jetstream-controller:0.13.0", null],
    ["natsio/nats-server-controller", null],
    ["example.com/nats-client:2.0.0", null],
    ["example.com/orders:1.0.0", null],
    ["alpine:3", null],
    ["!unknown", null],
  ])("%s: %s", (image, answer) => expect(found(`image: ${image}`)).toBe(answer));
});

describe("a server by its command", () => {
  const script = (text: string, image = "alpine:3"): string => `{image: ${image}, command: [/bin/sh, -ec], args: [${JSON.stringify(text)}]}`;
  test.each<[string, string | null]>([
    ["{image: !unknown , command: [nats-server]}", "nats"],
    ["{image: example.com/messaging:3.1.0, command: [/usr/local/bin/nats-server, -c, /a]}", "nats"],
    ["{image: example.com/messaging, command: [gnatsd]}", "nats"],
    ["{image: 'nats:2.10.18', command: [/nats-streaming-server]}", "stan"],
    ["{image: 'nats:2.10.18', command: [tini, --, nats-server, -js]}", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', args: [nats-server, -js]}", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', args: [-js]}", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', command: !unknown }", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', command: [/config/start.sh]}", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', command: []}", "nats 2.10.18"],
    ["{image: 'nats:2.10.18', command: [sleep, infinity]}", null],
    ["{image: 'nats:2.10.18', command: [nats-server, --signal, reload]}", null],
    ["{image: 'nats:2.10.18', args: [sh, -c, 'sleep 3600']}", null],
    ["{image: 'nats:2.10.18', command: [nats-server, -t, -c, /a]}", null],
    ["{image: 'nats:2.10.18', command: [nats-server-config-reloader, -pid, /p]}", null],
    ["{image: 'alpine:3', command: [nats, server, check]}", null],
    ["{image: 'alpine:3', command: !unknown }", null],
    ["{image: 'alpine:3', command: [/start.sh]}", null],
    ["{name: nats, image: example.com/tests/beats-nats:1, args: [-c, /etc/nats.conf]}", "nats"],
    ["{name: nats, image: example.com/tests/beats-nats:1, args: [--jetstream]}", "nats"],
    ["{name: nats, image: !unknown , args: [-cid, a]}", "stan"],
    ["{image: example.com/tests/beats-nats:1, args: [-D]}", null],
    ["{image: example.com/tests/beats-nats:1, command: [sh], args: [-c, /etc/nats.conf]}", null],
    ["{image: natsio/prometheus-nats-exporter, args: [-connz, -varz, -DV, 'http://localhost:8222/']}", null],
    ["{image: example.com/nats-metrics:1, args: [-varz, -DV, 'http://localhost:8222/']}", null],
    ["{image: natsio/nats-server-config-reloader, args: [-pid, /p, -config, /etc/nats.conf]}", null],
    [script("exec nats-server -c /a"), "nats"],
    [script("/bin/sleep 5; nats-server -sl=ldm=/p && /bin/sleep 60"), null],
    [script("until nc -z nats-server 4222; do sleep 1; done"), null],
    [script("while true; do nats-server -c /a; done"), "nats"],
    [script("if [ -f /x ]; then exec nats-server --js; fi"), "nats"],
    [script("while sleep 5; do nats-server --signal reload=/p; done"), null],
    [script("echo nats-server -js"), null],
    [script("# nats-server -js\nsleep 1"), null],
    [script("/start.sh"), null],
    [script("/start.sh", "nats:2.10.18"), "nats 2.10.18"],
    [script("nats-streaming-server -cid a"), "stan"],
  ])("%s: %s", (container, answer) => expect(found(container)).toBe(answer));

  test("init containers are none, and of two servers the one named for it counts", () => {
    expect(serverContainer(fromYaml("initContainers: [{image: 'nats:2.10.18'}]\ncontainers: [{image: alpine}]"))).toBeNull();
    const two = serverContainer(fromYaml("containers: [{name: copy, image: 'nats:2.10.18'}, {name: nats, image: 'nats:2.11.1'}]"));
    expect(two?.version?.text).toBe("2.11.1");
  });
});

describe("scripts of sh -c", () => {
  const env = "env: [{name: PORT_NO, value: '4333'}, {name: MORE, value: '-D -V'}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]";
  test.each<[string, unknown, boolean]>([
    ["exec nats-server -js -sd /data", { jetstream: { store_dir: "/data" } }, true],
    ["set -e\ncd /tmp && cp a b; exec /nats-server -D", { debug: true }, true],
    ["A=b B='c d' nats-server -D", { debug: true }, true],
    ['exec nats-server --name \'a b\' --user "c\\"d" --pass e\\ f', { server_name: "a b", authorization: { user: 'c"d', password: "e f" } }, true],
    ["nats-server \\\n  -D \\\n  -V", { debug: true, trace: true }, true],
    ["nats-server -D > /log 2>&1 # -V", { debug: true }, true],
    ["nats-server -D 2>/dev/null &\nwait", { debug: true }, true],
    ["cat > /etc/nats.conf <<EOF\nif $X (\nEOF\nexec nats-server -D", { debug: true }, true],
    ["cat <<-'END' > /a\n\tnats-server -V\n\tEND\nnats-server -D", { debug: true }, true],
    ["nats-server -p $PORT_NO -D", { port: 4333, debug: true }, true],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell that fills it in
    ['nats-server -p ${PORT_NO:-1} --name "${NEVER:-n}" -a ${NEVER}x', { port: 4333, server_name: "n", host: "x" }, true],
    ["nats-server $MORE -js", { debug: true, trace: true, jetstream: {} }, true],
    ["nats-server --name=$POD -D", { server_name: UNKNOWN, debug: true }, true],
    ['nats-server --name "$(hostname)" -D', { server_name: UNKNOWN, debug: true }, true],
    ["nats-server --name `hostname` -D", { server_name: UNKNOWN, debug: true }, true],
    ["PORT_NO=$((PORT_NO)) nats-server -D", {}, false],
    ["PORT_NO=1; nats-server -p $PORT_NO -D", { port: UNKNOWN, debug: true }, true],
    ['nats-server -D "$@"', { debug: true }, false],
    ["nats-server -D $POD -V", { debug: true }, false],
    ["if true; then nats-server -D; fi", {}, false],
    ["nats-server -D; nats-server -V", {}, false],
    ["nats-server -name 'open", {}, false],
  ])("%j", (script, conf, complete) => {
    const flags = readFlags(fromYaml(`image: nats:2.10.18-alpine\n${env}\ncommand: [sh, -c, ${JSON.stringify(script)}]`), "nats");
    expect(plain(flags.conf)).toEqual(conf);
    expect(flags.conf.incomplete === undefined).toBe(complete);
  });
});

test("values that multiply are not followed to the end", () => {
  const env = Array.from({ length: 40 }, (_none, index) => `  - { name: V${index + 1}, value: "$(V${index})$(V${index})" }`).join("\n");
  const start = `image: nats:2.10.18\nenv:\n  - { name: V0, value: xxxxxxxx }\n${env}\n`;
  expect(plain(readFlags(fromYaml(`${start}args: ["--name", "$(V40)", "-D"]`), "nats").conf)).toEqual({ server_name: UNKNOWN, debug: true });
  const script = `nats-server --name "${"$V10".repeat(5000)}" -D`;
  expect(plain(readFlags(fromYaml(`${start}command: [sh, -c, ${JSON.stringify(script)}]`), "nats").conf)).toEqual({ server_name: UNKNOWN, debug: true });
});

describe("what the image starts", () => {
  const cluster = { name: "my_cluster", port: 6222, authorization: { user: "ruser", password: "T0pS3cr3t", timeout: 2 }, routes: [] };
  test("an official image has a file of its own, with monitoring and a cluster", () => {
    const { imageFile, conf, configFile } = readFlags(fromYaml("image: nats:2.10.18-alpine"), "nats");
    expect(imageFile?.paths).toEqual(["/etc/nats/nats-server.conf"]);
    expect(imageFile === undefined ? null : plain(imageFile.conf)).toEqual({ port: 4222, http_port: 8222, cluster });
    expect(at(imageFile?.conf, "http_port")?.origin.via).toEqual([{ kind: "template", chart: "image nats 2.10.18-alpine" }]);
    expect([plain(conf), configFile]).toEqual([{}, undefined]);
  });

  test.each<[string, readonly string[], unknown]>([
    ["nats:2.10.18", ["/nats-server.conf"], "my_cluster"],
    ["nats", ["/nats-server.conf"], UNKNOWN],
    ["nats:2.6.6", ["/nats-server.conf"], undefined],
    ["nats:1.4.1", ["/gnatsd.conf"], undefined],
    ["nats@sha256:abcdef", ["/nats-server.conf", "/etc/nats/nats-server.conf"], UNKNOWN],
  ])("%s: its file and its cluster's name", (image, paths, name) => {
    const file = readFlags(fromYaml(`image: ${image}`), "nats").imageFile;
    expect(file?.paths).toEqual(paths);
    const node = at(file?.conf, "cluster", "name");
    expect(node === undefined ? undefined : plain(node)).toBe(name);
  });

  test("any argument takes the image's file away", () => {
    for (const line of ["args: [-js]", "command: [nats-server]"]) expect(readFlags(fromYaml(`image: nats:2.10.18\n${line}`), "nats").imageFile).toBeUndefined();
  });

  test("an official STAN image monitors on 8222, unless it gets arguments", () => {
    expect(plain(readFlags(fromYaml("image: nats-streaming:0.25.6"), "stan").conf)).toEqual({ http_port: 8222 });
    expect(plain(readFlags(fromYaml("image: nats-streaming:0.25.6\nargs: [-cid, a]"), "stan").conf)).toEqual({});
  });

  test("Bitnami's image reads a mounted file and more arguments from the environment", () => {
    const env = "env: [{name: NATS_FILENAME, value: mine}, {name: NATS_EXTRA_ARGS, value: '-D -js'}]";
    const flags = readFlags(fromYaml(`image: bitnami/nats:2.11.8\n${env}`), "nats");
    expect(flags.imageFile).toMatchObject({
      paths: ["/bitnami/nats/conf/mine.conf", "/opt/bitnami/nats/conf/mine.conf", "/opt/bitnami/nats/mine.conf"],
      conf: { kind: "unknown" },
    });
    expect(plain(flags.conf)).toEqual({ debug: true, jetstream: {} });
  });

  test("of somebody's own image nothing is known", () => {
    const flags = readFlags(fromYaml("image: example.com/team/nats:2.10.18"), "nats");
    expect(flags.imageFile).toMatchObject({ paths: [], conf: { kind: "unknown" } });
    expect(flags.conf.incomplete).toBeDefined();
  });
});

const corpus = "../shared/corpus";

describe.skipIf(!existsSync(corpus))("real manifests (skipped where there is no ../shared/corpus)", () => {
  const pods = (folder: string): { where: string; images: string; server: ReturnType<typeof serverContainer> }[] =>
    readdirSync(`${corpus}/${folder}`)
      .filter((file) => /\.ya?ml$/.test(file))
      .sort()
      .flatMap((file) =>
        parseAllDocuments(readFileSync(`${corpus}/${folder}/${file}`, "utf8"))
          .flatMap((document) =>
            "errors" in document && document.errors.length === 0 && document.toJS() instanceof Object ? readObjects(fromYaml(document.toString())) : [],
          )
          .flatMap((object) => {
            const template = podTemplate(object);
            const containers = at(template?.spec, "containers");
            const images = containers?.kind === "list" ? containers.items.map((one) => text(at(one, "image"))).join(" ") : "";
            return template === null ? [] : [{ where: `${file} ${object.kind} ${object.name ?? "?"}`, images, server: serverContainer(template.spec) }];
          }),
      );

  test("every pod with a server's image has a server, and no other has", () => {
    const all = ["raw", "raw-stan", "rendered"].flatMap(pods);
    // SWEEP=1 prints them, to be read by eye.
    for (const { where, images, server } of process.env.SWEEP === undefined ? [] : all)
      console.log(
        where,
        "|",
        server === null ? "no server" : `${server.kind} ${server.version?.text ?? "?"} in ${text(at(server.container, "image"))}`,
        "| of",
        images,
      );
    expect(all.filter(({ server }) => server === null).map(({ images }) => images.replace(/:.*/, ""))).toEqual(["natsio/nats-box", "synadia/nats-box"]);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ server }) => server !== null && readFlags(server.container, server.kind).faults.length > 0)).toEqual([]);
  });

  test("what only mentions NATS has none", () => {
    const all = ["negative", "negative-near", "cr-other"].flatMap(pods);
    expect(all.filter(({ server }) => server !== null).map(({ where }) => where)).toEqual([]);
  });
});
