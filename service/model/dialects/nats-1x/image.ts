// The image of a container: a full name before a digest before a tag, with a registry of its own or of all.

import type { Node } from "../../../document/node.ts";
import { both, choose, joined, type Written } from "../template.ts";
import type { Chart, Path } from "./chart.ts";
import { formatted, retyped } from "./go-values.ts";

/** `image` and `imagePullPolicy` of a container whose image stands at a path of the values. */
export function image(chart: Chart, ...path: Path): { readonly [key: string]: Written } {
  const canPin = chart.since("1.2.11");
  const part = (key: string): Node | undefined => chart.get(...path, key);
  const near = chart.near(...path);
  const behind = (sign: string, key: string) => (): Node => {
    const node = part(key);
    return joined(node === undefined ? near : chart.from(node), formatted(part("repository")), sign, formatted(node));
  };
  const short = choose(both(canPin, chart.on(...path, "digest")), behind("@", "digest"), behind(":", "tag"));
  const global = (key: string): Node | undefined => choose(chart.on("global", "image", key), () => chart.get("global", "image", key));
  const registry = choose(
    chart.on(...path, "registry"),
    () => part("registry"),
    () => global("registry"),
  );
  const withRegistry = (): Node | undefined =>
    registry === undefined || short === undefined ? short : joined(chart.from(short), formatted(registry), "/", short);
  return {
    image: choose(both(canPin, chart.on(...path, "fullImageName")), () => retyped(part("fullImageName")), withRegistry),
    imagePullPolicy: retyped(
      choose(
        chart.on(...path, "pullPolicy"),
        () => part("pullPolicy"),
        () => global("pullPolicy"),
      ),
    ),
  };
}
