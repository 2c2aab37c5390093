// What is known about the images that carry a server: who publishes them, the version in the tag,
// and what they start when the manifest gives neither command nor arguments.

import { list, map, type MapNode, type Node, type Origin, scalar, type ScalarValue, text, unknown, type UnknownNode } from "../../document/node.ts";
import { readVersion, type Version, versionNode } from "../versions.ts";

export interface ImageName {
  /** Registry and path, without tag and digest. */
  readonly repository: string;
  /** The path's last part: `nats`, `nats-streaming`. */
  readonly base: string;
  readonly tag: string | null;
  readonly digest: string | null;
  /** Who builds it; `other` may be a mirror of either, or somebody's own. */
  readonly publisher: "official" | "bitnami" | "other";
}

/** A file that the image itself starts the server with. */
export interface ImageFile {
  /** Where it lies in the container; what a volume puts at the first that is mounted takes its place. */
  readonly paths: readonly string[];
  /** What it says otherwise, with nats.conf's keys. */
  readonly conf: MapNode | UnknownNode;
}

const SERVER_BASES: Readonly<Record<string, "nats" | "stan">> = {
  nats: "nats",
  "nats-server": "nats",
  gnatsd: "nats",
  qnatsd: "nats",
  "docker-nats": "nats",
  "nats-streaming": "stan",
  "nats-streaming-server": "stan",
};

/** The parts of an image reference; null when it is unset, unknown or no reference. */
export function imageName(node: Node | undefined): ImageName | null {
  const written = text(node)?.trim() ?? "";
  // A name, a tag and a digest are shorter than that; nothing longer is worth the search.
  const found = written.length > 600 ? null : /^([^@:\s]+(?::\d+(?=\/))?[^@:\s]*)(?::([\w][\w.-]*))?(?:@(\w+:[0-9a-fA-F]+))?$/.exec(written);
  const repository = found?.[1];
  if (found === null || repository === undefined) return null;
  const base = repository.slice(repository.lastIndexOf("/") + 1);
  return { repository, base, tag: found[2] ?? null, digest: found[3] ?? null, publisher: publisher(repository) };
}

/** The kind of server that the image's name promises; null for exporters, reloaders, boxes and everything else. */
export function serverOfImage(image: ImageName | null): "nats" | "stan" | null {
  return image === null ? null : (SERVER_BASES[image.base] ?? null);
}

/**
 * The server's version, from the tag; null when it does not say it: no tag, a digest alone, `latest`, `alpine`, or a tag
 * that moves (`2.10` is some 2.10.x). A STAN image has the version of nats-streaming-server, not of the NATS server in it.
 */
export function versionOfImage(image: ImageName | null): Version | null {
  const kind = serverOfImage(image);
  if (image?.tag === null || image === null || kind === null || image.base === "qnatsd") return null;
  if (!/^v?\d+\.\d+\.\d+(?:[-+.]|$)/.test(image.tag)) return null;
  const version = readVersion(image.tag);
  // Somebody's own image may count its own versions: 1.0.3 proves nothing there, 2.10.18 does.
  const [major = 0] = version?.parts ?? [];
  if (image.publisher === "other" && kind === "nats" && image.base !== "gnatsd" && major < 2) return null;
  return version;
}

/**
 * The parts that a tag tells of the version, one that moves included: `2.10-alpine` is [2, 10]. Null where `versionOfImage`
 * would take no tag of the image for the server's.
 */
export function lineOfImage(image: ImageName | null): readonly number[] | null {
  const said = /^v?(\d+)\.(\d+)(?=[-.]|$)/.exec(image?.tag ?? "");
  if (image === null || said === null) return null;
  return versionOfImage({ ...image, tag: `${said[1]}.${said[2]}.0` })?.parts.slice(0, 2) ?? null;
}

/** The version of what is no server: `0.8.3`, `v0.7.4-v1alpha2`; unknown where the tag, which stands at the node, says none. */
export function versionOfTag(tag: string | null, { origin }: Node): Node {
  const version = tag !== null && /^v?\d+\.\d+\.\d+(?:-v1alpha[12])?$/.test(tag) ? readVersion(tag.replace(/-v1alpha[12]$/, "")) : null;
  return version === null ? unknown("the tag says no version", origin) : versionNode(version, origin);
}

/** Is it nats-server as its authors released it: not somebody's own build of it, as a tag tells that says more than the system? */
export function isRelease(image: ImageName | null): boolean {
  if (image === null || image.publisher !== "other") return true;
  return /^v?\d+\.\d+(?:\.\d+)?(?:-(?:alpine|scratch|linux|windowsservercore|nanoserver)[\d.]*)*$/.test(image.tag ?? "");
}

/** Did somebody build it for themselves: neither NATS's nor Bitnami's, and with a tag that no mirror of theirs has? */
export function isOwnBuild(image: ImageName | null): boolean {
  if (isRelease(image) || image === null || image.tag === null) return false;
  return !/^(?:latest|nightly|edge|alpine|scratch|linux|\d+)(?:-|$)/.test(image.tag) && versionOfImage(image) === null;
}

/**
 * Has the image a shell? NATS's own ones are made from scratch unless their tag names a system; undefined for what others
 * build, and where a digest stands for the tag.
 */
export function shellOfImage(image: ImageName | null): boolean | undefined {
  if (image?.publisher !== "official" || (image.tag === null && image.digest !== null)) return undefined;
  if (/alpine/.test(image.tag ?? "")) return true;
  return /^(?:latest|linux|scratch|v?\d+(?:\.\d+){0,2}(?:-(?:linux|scratch))?)$/.test(image.tag ?? "latest") ? false : undefined;
}

/**
 * What the image starts its server with when the manifest gives neither command nor arguments; null for the official STAN
 * image, which has no file. `filename` is that of Bitnami's NATS_FILENAME, null when it is not known.
 */
export function fileOfImage(image: ImageName | null, origin: Origin, filename: string | null): ImageFile | null {
  const here = ofImage(image, origin);
  const kind = serverOfImage(image);
  if (image?.publisher === "bitnami") {
    const folders = filename === null ? [] : ["/bitnami/nats/conf", "/opt/bitnami/nats/conf", "/opt/bitnami/nats"];
    return { paths: folders.map((folder) => `${folder}/${filename}.conf`), conf: unknown("the image writes its configuration when it starts", here) };
  }
  if (image?.publisher !== "official") return { paths: [], conf: unknown("the image's own configuration is not known", here) };
  if (kind === "stan") return null;
  return { paths: officialPaths(image), conf: officialConf(image, here) };
}

/** The origin of what an image says: where the manifest names it. */
export function ofImage(image: ImageName | null, origin: Origin): Origin {
  const chart = image === null ? "image" : `image ${image.base}${image.tag === null ? "" : ` ${image.tag}`}`;
  return { ...origin, via: [...(origin.via ?? []), { kind: "template", chart }] };
}

function publisher(repository: string): ImageName["publisher"] {
  // Pull-through caches keep Docker Hub's own paths below theirs.
  if (/^(?:(?:.+\/)?(?:library|docker\.io|index\.docker\.io)\/)?nats(?:-streaming)?$/.test(repository)) return "official";
  return /(?:^|\/)bitnami(?:legacy|secure)?\/nats$/.test(repository) ? "bitnami" : "other";
}

/** The image exists from scratch and on Alpine, and keeps the file in another place in each. */
function officialPaths(image: ImageName): readonly string[] {
  const version = versionOfImage(image);
  if (version !== null && (version.parts[0] ?? 0) < 2) return ["/gnatsd.conf"];
  if (image.tag === null && image.digest !== null) return ["/nats-server.conf", "/etc/nats/nats-server.conf"];
  return [image.tag?.includes("alpine") === true ? "/etc/nats/nats-server.conf" : "/nats-server.conf"];
}

/** The file in the image: the same for all versions, but for the cluster's name, which came with 2.7.0. */
function officialConf(image: ImageName, origin: Origin): MapNode {
  const say = (value: ScalarValue): Node => scalar(value, origin);
  const named = nameOfCluster(image, origin);
  return map(
    [
      ["port", say(4222)],
      ["http_port", say(8222)],
      [
        "cluster",
        map(
          [
            ...(named === null ? [] : [["name", named] as const]),
            ["port", say(6222)],
            [
              "authorization",
              map(
                [
                  ["user", say("ruser")],
                  ["password", say("T0pS3cr3t")],
                  ["timeout", say(2)],
                ],
                origin,
              ),
            ],
            ["routes", list([], origin)],
          ],
          origin,
        ),
      ],
    ],
    origin,
  );
}

function nameOfCluster(image: ImageName, origin: Origin): Node | null {
  const [major, minor = 0] = versionOfImage(image)?.parts ?? [];
  if (major === undefined) return unknown("the image's version is not known", origin);
  return major > 2 || (major === 2 && minor >= 7) ? scalar("my_cluster", origin) : null;
}
