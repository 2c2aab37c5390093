// Is a .conf file one of nats-server or nats-streaming-server? Many programs use that ending.

import { holdsTemplateCode } from "../template-code.ts";

/** Keys that hardly any other program has at the top of its file. */
const SURE = [
  "jetstream|leafnodes|leaf|gateway|max_payload|max_control_line|max_pending|max_connections|client_advertise|server_name",
  "system_account|no_auth_user|resolver|resolver_preload|write_deadline|lame_duck_duration|lame_duck_grace_period|streaming",
  "http_port|monitor_port|ping_interval|ping_max|pid_file|mqtt|websocket|operator|accounts|server_tags|store_dir",
  "max_subscriptions|max_traced_msg_len|logfile_size_limit|no_system_account|trusted_keys",
].join("|");

/** Keys that others have too: two of them are enough. */
const LIKELY = "port|listen|host|net|http|https|debug|trace|logtime|log_file|logfile|authorization|cluster|tls|include|max_conn|max_subs";

const SURE_LINE = new RegExp(`^[ \\t{]*["']?(${SURE})["']?(?=[\\s:={])`, "im");
const LIKELY_LINE = new RegExp(`^[ \\t{]*["']?(${LIKELY})["']?(?=[\\s:={])`, "gim");
const OWN = new RegExp(`^(${SURE}|${LIKELY}|cluster_id|hb_[a-z_]+)$`, "i");

/** Only whole lines of other formats: XML, INI sections, shell, nginx. */
const OTHERS =
  /^[ \t]*(<\?xml|<[A-Za-z][\w-]*[ >]|\[[\w. -]+\][ \t\r]*$|#!\/|server\s*\{[ \t\r]*$|http\s*\{[ \t\r]*$|upstream\s+\w+\s*\{|apiVersion:|---[ \t\r]*$|export\s+\w+=|set\s+-\w)/m;

const NAMED = /(^|[^a-z])(nats|stan|jetstream|gnatsd|leaf|hub)/i;

/** "maybe": nothing speaks against it, but only a person can know. */
export function isServerConf(path: string, text: string): "yes" | "maybe" | "no" | "template" {
  const bare = text.replace(/^[ \t]*(#|\/\/).*$/gm, "");
  if (holdsTemplateCode(bare)) return "template";
  const name = NAMED.test(path);
  if (OTHERS.test(bare) || isYaml(bare)) return "no";
  if (!NAMED.test(path.slice(path.lastIndexOf("/") + 1)) && isForeign(bare)) return "no";
  const likely = new Set([...bare.matchAll(LIKELY_LINE)].map((match) => match[1]?.toLowerCase()));
  const sure = SURE_LINE.test(bare);
  if (name && (sure || likely.size > 0)) return "yes";
  if (sure && (likely.size > 0 || /[:={]/.test(bare))) return "yes";
  if (likely.size >= 3) return "yes";
  return name || likely.size > 0 ? "maybe" : bare.trim() === "" ? "no" : "maybe";
}

/**
 * Is most of what stands at the top unknown to the server? Its words are those of others too: nginx has a `resolver`,
 * CoreDNS a plugin `debug`. Names in capitals, and those that stand again behind a `$`, are variables.
 */
function isForeign(text: string): boolean {
  let depth = text.trimStart().startsWith("{") ? -1 : 0;
  const variables = new Set([...text.matchAll(/\$([\w./-]+)/g)].map(([, name]) => name));
  let [own, others] = [0, 0];
  for (const line of text.split("\n")) {
    const key = depth > 0 ? undefined : /^[ \t]*["']?([\w$][\w$./-]*)["']?(?=[\s:={])/.exec(line)?.[1];
    if (key !== undefined && OWN.test(key)) own++;
    else if (key !== undefined && !/^[A-Z\d_]+$/.test(key) && !variables.has(key)) others++;
    const code = line.replace(/"[^"]*"|'[^']*'/g, "").replace(/(^|\s)(#|\/\/).*/, "");
    depth += (code.match(/[{[(]/g)?.length ?? 0) - (code.match(/[}\])]/g)?.length ?? 0);
  }
  return others > own && others > 2;
}

/** Blocks by indentation alone: a key with nothing behind its colon, deeper lines below it, and no brace anywhere. */
function isYaml(text: string): boolean {
  return !text.includes("{") && /^[\w.-]+:[ \t]*\r?\n[ \t]+[\w"'-]/m.test(text);
}
