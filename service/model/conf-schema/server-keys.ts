// The keys of nats.conf, from server/opts.go of nats-server 2.15.1: the top level, and what concerns one server by itself.
// `read-table.ts` says how the lines read.

export const SERVER_KEYS = `
[]
listen                              listen
port                                int
host,net                            string
client_advertise                    string
server_name                         string                                        2.1.2
debug                               bool
trace                               bool
logtime                             bool
trace_verbose                       bool                                          2.1.6
trace_headers                       bool                                          2.11.2
logtime_utc                         bool                                          2.9.21
log_file,logfile                    string
log_size_limit,logfile_size_limit   int                                           2.1.4
log_max_num,logfile_max_num         int                                           2.10.0
syslog                              bool
remote_syslog                       string
pid_file,pidfile                    string
ports_file_dir                      string
prof_port                           int
prof_block_rate                     int                                           2.10.2
http                                listen
https                               listen
http_port,monitor_port              int
https_port                          int
http_base_path                      string                                        2.1.7
max_connections,max_conn            int
max_subscriptions,max_subs          int
max_sub_tokens,max_subscription_tokens  int 1..255                                    2.6.4
max_control_line                    int ..2147483647
max_payload                         int ..2147483647
max_pending                         int
max_traced_msg_len                  int                                           2.0.2
max_closed_clients                  int 0..                                       2.10.26
no_fast_producer_stall              bool                                          2.10.26
disable_sublist_cache,no_sublist_cache  bool                                          2.0.2
no_header_support                   bool                                          2.2.0
ping_interval                       duration
ping_max                            int
write_deadline                      duration
write_timeout                       word default|close|retry                      2.11.11,2.12.2
lame_duck_duration                  quoted-duration
lame_duck_grace_period              quoted-duration                               2.2.0
connect_error_reports               int
reconnect_error_reports             int
allow_non_tls                       bool                                          2.2.0
proxy_protocol                      bool                                          2.12.2
tls                                 {tls}
ocsp                                bool or {ocsp}                                2.3.0
ocsp_cache                          bool or {ocsp_cache}                          2.9.21
authorization                       {authorization}
accounts                            map of {account} or list of string or scalar
mappings,maps                       map of (string or {destination} or list of {destination})  2.2.0
no_auth_user                        string                                        2.1.7
system_account,system               string
no_system_account,no_system,no_sys_acc  bool                                          2.2.0
operator,operators,root,roots,root_operator,root_operators  string or written list of string
trusted_keys,trusted                operator-nkey or list of operator-nkey
resolver,account_resolver,accounts_resolver  resolver or {resolver}
resolver_tls                        {tls}                                         2.1.6
resolver_preload                    map of account-jwt
resolver_pinned_accounts            string or list of string                      2.4.0
default_sentinel                    string                                        2.11.2
cluster                             {cluster}
gateway                             {gateway}
leafnodes,leaf                      {leafnodes}
jetstream                           bool or anycase enabled|enable|disabled|disable or {jetstream}  2.2.0
store_dir,storedir                  string                                        2.3.0
websocket,ws                        {websocket}                                   2.2.0
mqtt                                {mqtt}                                        2.2.0
default_js_domain                   map of string                                 2.7.0
server_tags                         string or written list of string              2.2.0
server_metadata                     map of string                                 2.12.0
feature_flags                       map of bool                                   2.14.0
proxies                             {proxies}                                     2.12.0

[tls] strict
cert_file                           string
key_file                            string
ca_file                             string
verify                              bool
verify_and_map                      bool
verify_cert_and_check_known_urls    false                                         2.2.0
insecure                            bool
timeout                             seconds
cipher_suites                       filled list of cipher
allow_insecure_cipher_suites        bool                                          2.12.0
curve_preferences                   filled list of word X25519|CurveP256|CurveP384|CurveP521|X25519MLKEM768|SecP256r1MLKEM768|SecP384r1MLKEM1024
min_version                         word 1.2|1.3                                  2.10.21
connection_rate_limit               int                                           2.7.0
pinned_certs                        list of sha256                                2.2.5
handshake_first,first,immediate     bool or anycase true|false|on|off|auto|auto_fallback or quoted-duration  2.10.0
certs,certificates                  list of {certificate}                         2.10.8
cert_store                          refused the certificate store is one of Windows  2.9.20
cert_match_by                       refused the certificate store is one of Windows  2.9.20
cert_match                          filled string                                 2.9.20
cert_match_skip_invalid             bool                                          2.10.23
ca_certs_match                      written list of string or any                 2.10.23
ocsp_peer                           bool or {ocsp_peer}                           2.9.21

[route_tls] strict as tls
verify_cert_and_check_known_urls    bool                                          2.2.0

[certificate] strict exact
cert_file                           filled string                                 2.10.8
key_file                            filled string                                 2.10.8

[ocsp_peer] strict
verify                              bool
ca_timeout                          seconds
allowed_clockskew                   seconds
cache_ttl_when_next_update_unset    seconds
warn_only                           bool
unknown_is_good                     bool
allow_when_ca_unreachable           bool

[ocsp] strict exact
mode                                anycase always|must|never|auto
url                                 string
urls                                refused no file can write the list that it wants, and "url" takes one address

[ocsp_cache] strict
type                                anycase none|local
local_store                         string
preserve_revoked                    bool
save_interval                       seconds

[jetstream]
enabled,enable                      bool
store_dir,store@2.3.0,storedir      string
max_memory_store,max_mem_store,max_mem  size
max_file_store,max_file             size
domain                              string                                        2.2.3
key,ek,encryption_key               string                                        2.3.0
prev_key,prev_ek,prev_encryption_key  string                                        2.10.0
cipher                              anycase chacha|chachapoly|aes                 2.9.0
extension_hint                      string                                        2.7.0
unique_tag                          string                                        2.8.0
sync_interval,sync                  anycase always or duration                    2.10.0
limits                              {limits}                                      2.8.0
tpm                                 {tpm}                                         2.11.0
max_outstanding_catchup             size                                          2.9.0
max_buffered_size                   size                                          2.11.0
max_buffered_msgs                   int                                           2.11.0
request_queue_limit                 int                                           2.10.21
info_queue_limit                    int                                           2.14.0
meta_compact                        int 0..                                       2.11.11,2.12.2
meta_compact_size                   size 0..                                      2.11.11,2.12.2
meta_compact_sync                   bool                                          2.12.5
max_concurrent_io                   int 4..8192                                   2.12.14,2.14.4
strict                              bool                                          2.11.0

[limits]
max_ack_pending                     int
max_ha_assets                       int
max_request_batch                   int
duplicate_window                    quoted-duration
batch                               {batch}                                       2.12.0
default_max_consumers               int                                           2.15.1

[batch]
max_inflight_per_stream             int
max_inflight_total                  int
max_msgs                            int
timeout                             quoted-duration

[tpm]
keys_file                           string
encryption_password                 string
srk_password                        string
pcr                                 int
cipher                              anycase chacha|chachapoly|aes

[resolver] exact lax
type                                anycase full|cache|mem|memory
dir                                 string
limit                               int
ttl                                 quoted-duration
interval                            quoted-duration
timeout                             quoted-duration                               2.2.1
allow_delete                        bool
hard_delete                         bool                                          2.9.16

[proxies]
trusted                             list of {trusted_proxy}

[trusted_proxy]
key,public_key                      public-nkey
`;
