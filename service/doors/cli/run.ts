// One run of the command line, from arguments to an exit code: 0 clean, 1 findings, 2 used wrongly, 3 natslint failed.

import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import { servicePath, version } from "../../host/assets.ts";
import type { AuditFlags } from "./audit-command.ts";
import type { ConfFlags } from "./conf-command.ts";
import { explainCommand, rulesCommand } from "./catalogue-commands.ts";
import { failureText } from "./failure-text.ts";
import { AUDIT_HELP, collect, type GivenFlags, LINT_HELP, lintFlags } from "./flags.ts";
import { lintCommand } from "./lint-command.ts";
import { modelCommand } from "./model-command.ts";
import { serveCommands } from "./serve-commands.ts";
import { UsageError } from "../../host/usage-error.ts";

/** The world as a command sees it, so that tests can be one. */
export interface World {
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream | AsyncIterable<Uint8Array | string>;
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told when files were linted. */
  readonly linted?: () => void;
}

export interface Writer {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export async function run(args: readonly string[], world: World): Promise<number> {
  let code = 0;
  const keep = (answer: number): void => {
    code = answer;
  };
  const program = new Command("natslint")
    .description("Finds what will keep NATS on Kubernetes from starting, from its quorum, its data or its peace, before it is deployed.")
    .version(version(), "-V, --version", "print the version")
    .argument("[paths...]", "files and folders (default: the working directory); - is standard input")
    .option("--format <format>", "text, json or sarif", "text")
    .option("--output <format=file>", "also write a report to a file; may be repeated", collect)
    .option("--config <file>", "settings file (default: natslint.yaml, searched upwards from each file)")
    .option("--environment <name>", "production, staging or development, for everything that is checked")
    .option("--preset <name>", "which rules: recommended (default), strict, security or legacy-stan")
    .option("--nodes <number>", "schedulable nodes of the cluster")
    .option("--release <name>", "the Helm release's name")
    .option("--namespace <name>", "the namespace that it goes to")
    .option("--server-version <version>", "the version of nats-server that will run, for example 2.10.18")
    .option("--chart <chart>", "[REPOSITORY/]NAME[@VERSION] that reads the values, for example nats@2.14.2 or bitnami/nats@9.0.29")
    .option("-f, --values <file>", "values of one release in layers, as in helm -f; may be repeated, the last wins", collect)
    .option("--set <key=value>", "a value on top of the files of -f, as in helm --set; may be repeated", collect)
    .option("--set-string <key=value>", "the same, and the value is text in any case", collect)
    .option("--set-json <key=json>", "the same, and the value is JSON", collect)
    .option("--set-file <key=file>", "the same, and the value is what the file holds", collect)
    .option("--base <ref>", "the commit before the change, for rules that compare: origin/main")
    .option("--fail-on <severity>", "the lowest severity that gives exit code 1: error, warning or info")
    .option("--stdin-filename <path>", "the path that standard input is reported under")
    .option("-q, --quiet", "only findings that fail the run, and no summary")
    .option("--no-color", "no colours")
    .addHelpText("after", LINT_HELP)
    .action(async (paths: string[], flags: GivenFlags) => keep(await lintCommand(paths, lintFlags(flags), world)));
  program
    .command("rules")
    .description("list the rules, all or those asked for, as text or with --format json")
    .option("--family <name>", "those of one family: clustering, streaming, jetstream ...")
    .option("--dialect <name>", "those found in one form of files: nats-0x, nats-1x, stan, bitnami, rendered, conf ...")
    .option("--fixable", "those with a fix")
    .addHelpText("after", "\n--preset and --environment choose, too: natslint rules --preset security --environment staging\n")
    .action((_own: object, command: Command) => keep(rulesCommand(command.optsWithGlobals(), world)));
  program
    .command("explain <rule>")
    .description("print a rule's page")
    .action((id: string, _own: object, command: Command) => keep(explainCommand(id, command.optsWithGlobals(), world)));
  program
    .command("model [paths...]")
    .description("print what natslint understands of the files: the model, and where each value comes from")
    .action(async (paths: string[], _own: object, command: Command) => keep(await modelCommand(paths, lintFlags(command.optsWithGlobals()), world)));
  program
    .command("conf <file>")
    .description("print a nats.conf as the server reads it, as JSON; - is standard input (docs/conf.md)")
    .option("--typed", "tell integers, floats, dates and strings apart")
    .option("--check", "say whether the server would start with it: accept or reject, and why")
    .option("--stan", "the server is nats-streaming-server")
    .option("--env <NAME=VALUE>", "a variable of the server's environment; may be repeated, and there are no others", collect)
    .action(async (file: string, _own: object, command: Command) => keep(await conf(file, command.optsWithGlobals(), world)));
  program
    .command("audit")
    .description("lint the NATS of a live cluster, or of a dump of one (docs/audit.md)")
    .option("--kubeconfig <file>", "how to reach the cluster (default: as kubectl finds it)")
    .option("--context <name>", "the kubeconfig's context (default: its current one)")
    .option("--from <file...>", "what kubectl get -o yaml or -o json printed, instead of a cluster; - is standard input")
    .option("--policy-report", "also write PolicyReport objects into the cluster")
    .addHelpText("after", AUDIT_HELP)
    .action(async (_own: object, command: Command) => {
      const all = command.optsWithGlobals<GivenFlags & AuditFlags>();
      keep(await audit({ ...all, ...lintFlags(all) }, world));
    });
  serveCommands(program, async (bundle, serve, flags) => keep(await service(bundle, serve, flags, world)));
  for (const command of everyCommand(program))
    command
      .exitOverride()
      .showHelpAfterError("(natslint --help shows all options)")
      .configureOutput({
        writeOut: (text) => void world.stdout.write(text),
        writeErr: (text) => void world.stderr.write(text),
        outputError: (text, write) => write(text.replace(/^error: /, "natslint: ")),
      });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
    if (thrown instanceof UsageError) {
      world.stderr.write(`natslint: ${thrown.message}\n`);
      return 2;
    }
    world.stderr.write(failureText(thrown));
    return 3;
  }
}

/** Loaded when it is asked for: linting needs none of it. */
async function conf(file: string, flags: ConfFlags, world: World): Promise<number> {
  const { confCommand } = await import("./conf-command.ts");
  return confCommand(file, flags, world);
}

async function audit(flags: AuditFlags, world: World): Promise<number> {
  const { auditCommand } = await import("./audit-command.ts");
  return auditCommand(flags, world);
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Each service is a bundle of its own, so that the command line does not load it. */
async function service(bundle: "github" | "admission", serve: string, flags: object, world: World): Promise<number> {
  type Serve = (env: World["env"], flags: object, world: World) => Promise<number>;
  const door = (await import(pathToFileURL(servicePath(bundle)).href)) as Readonly<Record<string, Serve>>;
  const start = door[serve];
  if (start === undefined) throw new Error(`the bundle ${bundle} has no ${serve}`);
  return start(world.env, flags, world);
}
