// The keys of nats.conf about who may do what: authorization, users, accounts, imports and exports.
// From server/opts.go of nats-server 2.15.1; `read-table.ts` says how the lines read.

export const ACCOUNT_KEYS = `
[authorization]
user,username                       string
password,pass                       string
token                               string
timeout                             seconds
users                               list of {user}
default_permissions,default_permission,permissions  {permissions}
auth_callout,auth_hook              {auth_callout}                                2.10.0
proxy_required                      bool                                          2.12.0

[cluster_authorization] as authorization
default_permissions,default_permission,permissions  {permissions}                                 -  deprecated "permissions" of the cluster block itself

[user]
user,username                       string
password,pass                       string
nkey                                user-nkey
permissions,permission,authorization  {permissions}
allowed_connection_types,connection_types,clients  connection-type or list of connection-type    2.2.0
proxy_required                      bool                                          2.12.0

[permissions]
publish,pub,import                  string or list of string or {allow_deny}
subscribe,sub,export                string or list of string or {allow_deny}
allow_responses,publish_allow_responses  bool or {responses}                           2.0.4

[cluster_permissions] as permissions
allow_responses,publish_allow_responses  refused routes have no responses              2.0.4

[allow_deny]
allow                               string or list of string
deny                                string or list of string

[responses]
max,max_msgs,max_messages,max_responses  int
expires,expiration,ttl              quoted-duration

[auth_callout]
issuer                              account-nkey
account,acc                         string
auth_users,users                    list of string
xkey,key                            curve-nkey
allowed_accounts                    list of string                                2.11.0

[account]
users                               list of {user}
nkey                                account-nkey
imports                             list of {import}
exports                             list of {export}
jetstream                           bool or anycase enabled|enable|disabled|disable or {account_jetstream}  2.2.0
default_permissions                 {permissions}                                 2.2.0
mappings,maps                       map of (string or {destination} or list of {destination})  2.2.0
limits                              {account_limits}                              2.7.0
msg_trace,trace_dest                publish-subject or {msg_trace}                2.11.0

[account_limits]
max_connections,max_conn            int
max_subscriptions,max_subs          int
max_payload,max_pay                 int
max_leafnodes,max_leafs             int

[account_jetstream]
max_memory,max_mem,mem,memory       int
max_store,max_file,max_disk,store,disk  int
max_streams,streams                 int
max_consumers,consumers             int
max_bytes_required,max_stream_bytes,max_bytes  bool                                          2.7.0
mem_max_stream_bytes,memory_max_stream_bytes  int                                           2.8.0
disk_max_stream_bytes,store_max_stream_bytes  int                                           2.8.0
max_ack_pending                     int                                           2.8.0
cluster_traffic                     word system|owner|                            2.11.0

[export]
stream                              string
service                             string
accounts                            list of string
response_type,response              anycase single|singleton|stream|chunk|chunked  2.0.4
threshold,response_threshold,response_max_time,response_time  quoted-duration                               2.2.0
latency                             publish-subject or {latency}                  2.1.0
account_token_position              int                                           2.2.0
allow_trace                         bool                                          2.11.0

[latency] exact lax
subject                             publish-subject
sampling                            sampling or anycase headers

[import]
stream                              {import_source}
service                             {import_source}
prefix                              string
to                                  string
share                               bool                                          2.2.0
allow_trace                         bool                                          2.11.0

[import_source]
account                             filled string
subject                             filled string

[destination] strict
dest,destination                    string
weight                              percentage
cluster                             string

[msg_trace]
dest                                publish-subject
sampling                            sampling
`;
