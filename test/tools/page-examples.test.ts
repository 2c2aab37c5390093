import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../service/settings/settings.ts";
import { type ExampleContext, readExamples } from "../../tools/page-examples.ts";

const context: ExampleContext = {
  rule: "some-rule",
  where: "page",
  readSettings: ({ path, text }) =>
    text === "no\n" ? { problems: [`${path}:1:1: no settings`] } : { settings: { ...DEFAULT_SETTINGS, ignore: ["old/"], cluster: { autoscaled: true } } },
};
const cases: ExampleContext = { ...context, where: "cases" };

/** A fence; the quotes stand for backticks. */
function fence(info: string, text = ""): string {
  return `\`\`\`${info}\n${text}\`\`\`\n`;
}

function settings(...fences: readonly string[]) {
  return readExamples(`## Right\n${fences.join("")}`, context).examples[0]?.settings;
}

describe("a page", () => {
  test("has an example up to each report, and up to each heading", () => {
    const text = `# Title
${fence("yaml", "not: read\n")}
## Wrong
${fence("yaml file=a.yaml", "a: 1\n")}
and
${fence("yaml file=b/b.yaml", "b: 2\n\nc: 3\n")}${fence("report", "a.yaml:1:1: x\n\nb/b.yaml:3:1: y\n")}
${fence("yaml file=a.yaml", "a: 3\n")}
### Another
${fence("conf file=nats.conf", "port: 1\n")}
## Right
${fence("yaml file=a.yaml")}
## When to ignore it
${fence("yaml file=a.yaml")}`;
    const { examples, problems } = readExamples(text, context);
    expect(problems).toEqual([]);
    expect(examples.map(({ kind, title, sources, report }) => [kind, title, sources, report])).toEqual([
      [
        "wrong",
        "Wrong",
        [
          { path: "a.yaml", text: "a: 1\n" },
          { path: "b/b.yaml", text: "b: 2\n\nc: 3\n" },
        ],
        ["a.yaml:1:1: x", "b/b.yaml:3:1: y"],
      ],
      ["wrong", "Wrong, 2", [{ path: "a.yaml", text: "a: 3\n" }], null],
      ["wrong", "Another", [{ path: "nats.conf", text: "port: 1\n" }], null],
      ["right", "Right", [{ path: "a.yaml", text: "" }], null],
    ]);
  });

  test("says where its reports stand, or would", () => {
    const lines = `## Wrong\n${fence("yaml file=a.yaml", "a: 1\n")}${fence("report", "x\n")}${fence("yaml file=a.yaml")}`;
    expect(readExamples(lines, context).examples.map(({ line, reportLines }) => [line, reportLines])).toEqual([
      [2, { first: 5, last: 7 }],
      [8, { first: 10, last: 9 }],
    ]);
  });

  test.each([
    ["no file", fence("yaml"), "2: an example's fence names its file: ```yaml file=values.yaml"],
    [
      "a file twice",
      fence("yaml file=a.yaml") + fence("yaml file=a.yaml"),
      "4: a.yaml stands in this example already; a report fence or a heading begins the next one",
    ],
    ["a report about nothing", fence("report"), "2: a report stands behind the files that it is about"],
    [
      "two charts",
      fence("yaml file=a.yaml chart=nats@1.0.0") + fence("yaml file=b.yaml chart=nats@2.0.0"),
      "4: chart is said twice, and differently; `layer=NAME` tells releases apart",
    ],
    ["settings that do not hold", fence("yaml settings", "no\n") + fence("yaml file=a.yaml"), "2: natslint.yaml:1:1: no settings"],
    ["a path outside", fence("yaml file=../a.yaml"), '2: "file=../a.yaml" does not hold: file takes a path without . and ..'],
    [
      "a word that is none",
      fence("yaml file=a.yaml environment=prod"),
      '2: "environment=prod" does not hold: environment takes production, staging or development',
    ],
    ["a flag with a value", fence("yaml file=a.yaml autoscaled=no"), '2: "autoscaled=no" does not hold: autoscaled takes no value'],
  ])("cannot have %s", (_, fences, problem) => {
    expect(readExamples(`## Wrong\n${fences}`, context).problems).toEqual([problem]);
  });

  test("names the attributes when it has one that nobody knows", () => {
    expect(readExamples(`## Wrong\n${fence("yaml file=a.yaml env=production")}`, context).problems[0]).toMatch(
      /^2: a fence has no attribute "env"; it has file, chart, .* and option.NAME$/,
    );
  });
});

describe("cases", () => {
  test("are silent below a heading that begins with Silent, and cases anywhere else", () => {
    const one = fence("yaml file=a.yaml");
    const text = `${one}# Rule\n## T+\n${one}## Silent: why\n${one}### Because\n${one}## Silently\n${one}`;
    expect(readExamples(text, cases).examples.map(({ kind }) => kind)).toEqual(["case", "case", "silent", "silent", "case"]);
  });
});

describe("attributes become settings", () => {
  test("of the whole example, whichever fence says them", () => {
    expect(
      settings(
        fence('yaml file=a.yaml chart=nats@2.14.2 release="my nats" nodes=2'),
        fence("yaml file=b.yaml namespace=bus environment=staging server-version=2.10.0 option.least=5"),
      ),
    ).toEqual({
      ...DEFAULT_SETTINGS,
      extends: ["strict"],
      named: ["a.yaml", "b.yaml"],
      today: "2026-01-01",
      environment: "staging",
      cluster: { nodes: 2 },
      assume: { chart: "nats@2.14.2", release: "my nats", namespace: "bus", serverVersion: "2.10.0" },
      rules: { "some-rule": { options: { least: 5 } } },
    });
  });

  test("of one release, where the files are its layers", () => {
    expect(settings(fence("yaml file=a.yaml layer chart=nats@2.14.2 release=bus"), fence("yaml file=b.yaml layer environment=production"))?.releases).toEqual([
      { values: ["a.yaml", "b.yaml"], chart: "nats@2.14.2", name: "bus", environment: "production" },
    ]);
  });

  test("of several releases, where the layers have names", () => {
    const files = [fence("yaml file=a.yaml layer=blue chart=nats@2.14.2"), fence("yaml file=b.yaml layer=green chart=nats@0.19.17")];
    expect(settings(...files)?.releases).toEqual([
      { values: ["a.yaml"], chart: "nats@2.14.2", name: "blue" },
      { values: ["b.yaml"], chart: "nats@0.19.17", name: "green" },
    ]);
  });

  test("of all rules, unless they name a preset", () => {
    const presets = (text: string) => settings(fence("yaml settings", text), fence("yaml file=a.yaml"))?.extends;
    expect(presets("failOn: info\n")).toEqual(["strict"]);
    expect(presets("extends: recommended\n")).toEqual(["recommended"]);
  });

  test("beside those that a fence holds", () => {
    expect(settings(fence("yaml settings", "ignore: [old/]\n"), fence("yaml file=a.yaml nodes=3 today=2027-02-03"))).toMatchObject({
      ignore: ["old/"],
      cluster: { autoscaled: true, nodes: 3 },
      today: "2027-02-03",
    });
  });
});
