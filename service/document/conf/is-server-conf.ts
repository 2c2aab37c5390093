// Is a .conf file one of nats-server or nats-streaming-server? Many programs use that ending.

import { holdsTemplateCode } from "../template-code.ts";

/** Keys that hardly any other program has at the top of its file. */
const SURE =
  /^[ \t{]*["']?(jetstream|leafnodes|leaf|gateway|max_payload|max_control_line|max_pending|max_connections|client_advertise|server_name|system_account|no_auth_user|resolver|resolver_preload|write_deadline|lame_duck_duration|lame_duck_grace_period|streaming|http_port|monitor_port|ping_interval|ping_max|pid_file|mqtt|websocket|operator|accounts|server_tags|store_dir|max_subscriptions|max_traced_msg_len|logfile_size_limit|no_system_account|trusted_keys)["']?(?=[\s:={])/im;

/** Keys that others have too: two of them are enough. */
const LIKELY =
  /^[ \t{]*["']?(port|listen|host|net|http|https|debug|trace|logtime|log_file|logfile|authorization|cluster|tls|include|max_conn|max_subs)["']?(?=[\s:={])/gim;

/** Only whole lines of other formats: XML, INI sections, shell, nginx. */
const OTHERS =
  /^[ \t]*(<\?xml|<[A-Za-z][\w-]*[ >]|\[[\w. -]+\][ \t\r]*$|#!\/|server\s*\{[ \t\r]*$|http\s*\{[ \t\r]*$|upstream\s+\w+\s*\{|apiVersion:|---[ \t\r]*$|export\s+\w+=|set\s+-\w)/m;

/** "maybe": nothing speaks against it, but only a person can know. */
export function isServerConf(path: string, text: string): "yes" | "maybe" | "no" | "template" {
  const bare = text.replace(/^[ \t]*(#|\/\/).*$/gm, "");
  if (holdsTemplateCode(bare)) return "template";
  const name = /(^|[^a-z])(nats|stan|jetstream|gnatsd|leaf|hub)/i.test(path);
  if (OTHERS.test(bare) || isYaml(bare)) return "no";
  const likely = new Set([...bare.matchAll(LIKELY)].map((match) => match[1]?.toLowerCase()));
  const sure = SURE.test(bare);
  if (name && (sure || likely.size > 0)) return "yes";
  if (sure && (likely.size > 0 || /[:={]/.test(bare))) return "yes";
  if (likely.size >= 3) return "yes";
  return name || likely.size > 0 ? "maybe" : bare.trim() === "" ? "no" : "maybe";
}

/** Blocks by indentation alone: a key with nothing behind its colon, deeper lines below it, and no brace anywhere. */
function isYaml(text: string): boolean {
  return !text.includes("{") && /^[\w.-]+:[ \t]*\r?\n[ \t]+[\w"'-]/m.test(text);
}
