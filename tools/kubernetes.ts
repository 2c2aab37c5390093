// Finds or builds what tests of the deployment run against: a real API server with its store, and the tools of those who operate it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./opa.ts";

interface Program {
  readonly package: string;
  readonly version: string;
  readonly linked?: readonly string[];
  /** The folder in `tools/` whose go.mod builds it: what replaces modules in its own cannot be installed by its version. */
  readonly module?: string;
  readonly flags?: readonly string[];
}

/** As the API server calls itself, `v1.36.3`. */
export const kubernetesVersion: string = required("kubernetes", "k8s.io/kubernetes");

// What `make` would have linked in. Without it the server says that it is v0.0.0, and Helm takes every cluster for a v1.20.
const [, minor = ""] = kubernetesVersion.split(".");
const ofKubernetes = linked("k8s.io/component-base/version", { gitVersion: kubernetesVersion, gitMajor: "1", gitMinor: minor, gitTreeState: "clean" });
const ofHelm = [
  ...linked("helm.sh/helm/v3/internal/version", { version: "v3.22.0" }),
  ...["pkg/chartutil", "pkg/lint/rules"].flatMap((folder) => linked(`helm.sh/helm/v3/${folder}`, { k8sVersionMajor: "1", k8sVersionMinor: minor })),
];

export type ProgramName = "etcd" | "kube-apiserver" | "kubectl" | "helm" | "promtool";

const programs: Readonly<Record<ProgramName, Program>> = {
  etcd: { package: "go.etcd.io/etcd/server/v3", version: required("kubernetes", "go.etcd.io/etcd/server/v3"), module: "kubernetes" },
  "kube-apiserver": { package: "k8s.io/kubernetes/cmd/kube-apiserver", version: kubernetesVersion, module: "kubernetes", linked: ofKubernetes },
  kubectl: { package: "k8s.io/kubernetes/cmd/kubectl", version: kubernetesVersion, module: "kubernetes", linked: ofKubernetes },
  helm: { package: "helm.sh/helm/v3/cmd/helm", version: "v3.22.0", linked: ofHelm },
  // Without the clients of every cloud, which only the server needs.
  promtool: {
    package: "github.com/prometheus/prometheus/cmd/promtool",
    version: required("promtool", "github.com/prometheus/prometheus"),
    module: "promtool",
    flags: ["-tags=remove_all_sd"],
  },
};

/** The program in `.cache/bin` if it is there in its one version, else null. Builds nothing. */
export function programPath(name: ProgramName): string | null {
  const path = join(root, ".cache", "bin", name);
  const stamp = `${path}.version`;
  return existsSync(path) && existsSync(stamp) && readFileSync(stamp, "utf8").trim() === programs[name].version ? path : null;
}

/** Builds what is not there yet from the Go module proxy: the API server takes four minutes on two cores, once. */
export function installProgram(name: ProgramName): string {
  const present = programPath(name);
  if (present !== null) return present;
  const { package: wanted, version, module, flags = [], linked = [] } = programs[name];
  const bin = join(root, ".cache", "bin");
  mkdirSync(bin, { recursive: true });
  process.stderr.write(`Building ${name} ${version} into .cache/bin, which takes some minutes\n`);
  // Two at a time: more compilers at once than that need more memory than a small machine has.
  const how = ["-p=2", "-trimpath", `-ldflags=-s -w ${linked.join(" ")}`, ...flags];
  const built = join(bin, ".new", name);
  const run = spawnSync(
    "go",
    module !== undefined ? ["build", ...how, "-mod=readonly", "-buildvcs=false", "-o", built, wanted] : ["install", ...how, `${wanted}@${version}`],
    {
      cwd: join(root, "tools", module ?? ""),
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOBIN: join(bin, ".new") },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  if (run.error !== undefined) throw new Error(`${name} ${version} is not here and Go, which builds it, is not either`);
  if (run.status !== 0) throw new Error(`Go could not build ${name} ${version}: see its words above`);
  // At its place only when it is whole: another process may be asking for it.
  renameSync(built, join(bin, name));
  writeFileSync(join(bin, `${name}.version`), `${version}\n`);
  return join(bin, name);
}

/** Where the Go module's files are, fetched from the proxy if they are not here yet: others publish their CRDs in them. */
export function moduleFolder(path: string, version: string): string {
  const run = spawnSync("go", ["mod", "download", "-json", `${path}@${version}`], { cwd: tmpdir(), encoding: "utf8", env: { ...process.env, GOWORK: "off" } });
  const { Dir: folder, Error: trouble } = JSON.parse(run.stdout || "{}") as { Dir?: string; Error?: string };
  if (folder === undefined) throw new Error(`Go could not fetch ${path} ${version}: ${trouble ?? run.stderr}`);
  return folder;
}

/** As the linker wants it: values of variables in a package. */
function linked(packageName: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `-X ${packageName}.${name}=${value}`);
}

/** The version that the go.mod in that folder of `tools/` requires. */
function required(folder: string, path: string): string {
  const lines = readFileSync(join(root, "tools", folder, "go.mod"), "utf8").split("\n");
  const line = lines.find((one) => one.trim().startsWith(`${path} v`));
  const version = line?.trim().split(" ")[1];
  if (version === undefined) throw new Error(`tools/${folder}/go.mod requires no ${path}`);
  return version;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const names = Object.keys(programs) as ProgramName[];
  const asked = process.argv.slice(2);
  const unknown = asked.filter((one) => !names.some((name) => name === one));
  if (unknown.length > 0) throw new Error(`${unknown.join(", ")}: known are ${names.join(", ")}`);
  for (const name of names.filter((one) => asked.length === 0 || asked.includes(one))) process.stdout.write(`${installProgram(name)}\n`);
}
