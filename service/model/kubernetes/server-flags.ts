// The flags of nats-server and nats-streaming-server, and the key of the configuration that each one sets.
// From server/opts.go of nats-server 2.14 and server/conf.go of nats-streaming-server 0.25; older servers know fewer.

export interface Flag {
  readonly takes: "bool" | "int" | "text" | "list" | "duration" | "size";
  readonly block: "conf" | "streaming";
  /** Where its value goes; empty for flags whose meaning is spelled out where they are read. */
  readonly key: readonly string[];
}

/** Names are as in Go's flag package: one dash or two, and case counts. */
export type Flags = ReadonlyMap<string, Flag>;

/** Per line: what it takes, its names, and its key when that is not the last name. */
const SERVER = `
int p,port
text n,name,server_name
text a,addr,net > host
text client_advertise
bool D,debug
bool V,trace
bool DV > -
bool VV > -
bool DVV > -
bool T,logtime
bool logtime_utc
text user > authorization.user
text pass > authorization.password
text auth > authorization.token
int m,http_port
int ms,https_port
text c,config > -
bool t > -
text sl,signal > -
text P,pid > pid_file
text ports_file_dir
text l,log > log_file
int log_size_limit
bool s,syslog
text r,remote_syslog
bool v,version > -
bool h,help,help_tls > -
int profile > prof_port
list routes > cluster.routes
text cluster,cluster_listen > -
text cluster_advertise > cluster.advertise
bool no_advertise > cluster.no_advertise
int connect_retries > cluster.connect_retries
text cluster_name > cluster.name
bool tls > -
bool tlsverify > -
text tlscert > -
text tlskey > -
text tlscacert > -
int max_traced_msg_len
bool js,jetstream > -
text sd,store_dir
`;

const STREAMING = `
text cid,cluster_id
text st,store
text dir
int mc,max_channels > store_limits.max_channels
int msu,max_subs > store_limits.max_subs
int mm,max_msgs > store_limits.max_msgs
size mb,max_bytes > store_limits.max_bytes
duration ma,max_age > store_limits.max_age
duration mi,max_inactivity > store_limits.max_inactivity
duration hbi,hb_interval
duration hbt,hb_timeout
int hbf,hb_fail_count
bool SD,stan_debug
bool SV,stan_trace
bool SDV > -
bool secure
text tls_client_cert > tls.client_cert
text tls_client_key > tls.client_key
text tls_client_cacert > tls.client_ca
text ns,nats_server > nats_server_url
text sc,stan_config > -
bool file_compact_enabled > file.compact
int file_compact_frag > file.compact_fragmentation
int file_compact_interval > file.compact_interval
size file_compact_min_size > file.compact_min_size
size file_buffer_size > file.buffer_size
size file_read_buffer_size > file.read_buffer_size
bool file_crc > file.crc
int file_crc_poly > file.crc_poly
bool file_sync > file.sync
int file_slice_max_msgs > file.slice_max_msgs
size file_slice_max_bytes > file.slice_max_bytes
duration file_slice_max_age > file.slice_max_age
text file_slice_archive_script > file.slice_archive_script
int file_fds_limit > file.file_descriptors_limit
int file_parallel_recovery > file.parallel_recovery
bool file_truncate_bad_eof > -
duration file_auto_sync > file.auto_sync
int io_batch_size > -
int io_sleep_time > -
text ft_group
bool clustered > -
text cluster_node_id > cluster.node_id
bool cluster_bootstrap > cluster.bootstrap
list cluster_peers > cluster.peers
text cluster_log_path > cluster.log_path
int cluster_log_cache_size > cluster.log_cache_size
int cluster_log_snapshots > cluster.log_snapshots
int cluster_trailing_logs > cluster.trailing_logs
bool cluster_sync > cluster.sync
bool cluster_raft_logging > cluster.raft_logging
bool cluster_proceed_on_restore_failure > cluster.proceed_on_restore_failure
bool cluster_allow_add_remove_node > cluster.allow_add_remove_node
text sql_driver > sql.driver
text sql_source > sql.source
bool sql_no_caching > sql.no_caching
int sql_max_open_conns > sql.max_open_conns
int sql_bulk_insert_limit > sql.bulk_insert_limit
text syslog_name
bool encrypt
text encryption_cipher
text encryption_key
bool replace_durable
`;

/** All flags of one program; nats-streaming-server knows those of its embedded nats-server too. */
export function flagsOf(kind: "nats" | "stan"): Flags {
  const found = new Map<string, Flag>();
  read(SERVER, "conf", found);
  if (kind === "stan") read(STREAMING, "streaming", found);
  return found;
}

function read(table: string, block: Flag["block"], into: Map<string, Flag>): void {
  for (const line of table.trim().split("\n")) {
    const [takes, names = "", , target] = line.split(" ");
    const all = names.split(",");
    const key = target === "-" ? [] : (target ?? all.at(-1) ?? "").split(".");
    for (const name of all) into.set(name, { takes: takes as Flag["takes"], block, key });
  }
}
