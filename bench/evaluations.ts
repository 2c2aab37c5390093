// Does the webhook stay right and small for as long as it runs?
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BAD_RULE, bad, configMap, good, review } from "../test/doors/admission/reviews.ts";
import { certificates, memory, NAME, type Posted, send, startAdmission } from "./admission-process.ts";
import { target, title } from "./print.ts";

/** What nobody sends by accident, and the right answer to it. */
function poison(): readonly (readonly [body: string, isRight: (answer: Posted) => boolean])[] {
  const isRefused = ({ status }: Posted): boolean => status === 400;
  const isAllowed = ({ status, text }: Posted): boolean => status === 200 && text.includes('"allowed":true');
  const isDenied = ({ status, text }: Posted): boolean => status === 200 && text.includes('"allowed":false') && text.includes(BAD_RULE);
  const strange = { strange: "\u0000\ud800\u0085{{ . }}" };
  return [
    [`{"apiVersion":"admission.k8s.io/v1","request":{`, isRefused],
    [JSON.stringify({ kind: "AdmissionReview", apiVersion: "admission.k8s.io/v1" }), isRefused],
    [JSON.stringify(review({ ...bad(), deep: 0 })).replace('"deep":0', `"deep":${"[".repeat(5_000)}${"]".repeat(5_000)}`), isAllowed],
    [JSON.stringify(review(bad({ metadata: { annotations: strange } }))), isDenied],
    [JSON.stringify(review(good({ metadata: { annotations: strange } }))), isAllowed],
    [JSON.stringify(review(good({ spec: { replicas: "two" } }))), isAllowed],
    [JSON.stringify(review(configMap("{".repeat(10_000)))), (answer) => answer.status === 200],
  ];
}

/** Good and bad objects in turn, every hundredth one of the poisonous ones: is each verdict right, and does the memory stay? */
export async function evaluations(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "natslint-bench-"));
  const served = await certificates(folder);
  const service = await startAdmission(served, ["--cluster-state", "off"]);
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: served.authority, servername: NAME });
  title(`${count} reviews, one of a hundred of them poison`);
  const bodies = [JSON.stringify(review(good())), JSON.stringify(review(bad()))];
  const poisons = poison();
  let [done, wrong, before] = [0, 0, 0];
  const client = async (): Promise<void> => {
    while (done < count) {
      const own = done++;
      if (own === Math.floor(count / 10)) before = memory(service.child);
      const [body, isRight] = own % 100 === 99 ? (poisons[((own - 99) / 100) % poisons.length] ?? ["", () => false]) : [bodies[own % 2] ?? "", isUsual(own)];
      const answer = await send(agent, { port: service.port, path: "/v1/admit?timeout=5s" }, body);
      if (isRight(answer)) continue;
      if (wrong++ < 5) console.error(own, answer.status, answer.text.slice(0, 300));
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
  target(`wrong verdicts of ${count}`, wrong, 0);
  target("growth of memory after the first tenth, %", ((memory(service.child) - before) / before) * 100, 10);
  agent.destroy();
  service.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

function isUsual(own: number): (answer: Posted) => boolean {
  return ({ status, text }) => status === 200 && text.includes('"allowed":true') === (own % 2 === 0) && text.includes(BAD_RULE) === (own % 2 === 1);
}
