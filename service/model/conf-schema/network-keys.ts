// The keys of nats.conf about connections to others: routes, gateways, leaf nodes, websocket and MQTT.
// From server/opts.go of nats-server 2.15.1; `read-table.ts` says how the lines read.

export const NETWORK_KEYS = `
[cluster]
name                                string                           2.2.0
listen                              listen
port                                int
host,net                            string
authorization                       {cluster_authorization}
permissions                         {cluster_permissions}
routes                              list of url
tls                                 {route_tls}
advertise,cluster_advertise         string
no_advertise                        bool
connect_retries                     int
connect_backoff                     bool                             2.12.0
pool_size                           int                              2.10.0
accounts                            string or list of string         2.10.0
compression                         bool or string or {compression}  2.10.0
ping_interval                       duration                         2.10.10
ping_max                            int                              2.10.10
write_deadline                      duration                         2.11.11,2.12.1
write_timeout                       word default|close|retry         2.11.11,2.12.2

[compression]
mode                                string
rtt_thresholds,thresholds,rtts,rtt  list of quoted-duration

[gateway]
name                                string
listen                              listen
port                                int
host,net                            string
authorization                       {authorization}
tls                                 {route_tls}
advertise                           string
connect_retries                     int
connect_backoff                     bool                             2.12.0
gateways                            list of {remote_gateway}
reject_unknown_cluster@2.2.0,(reject_unknown)  bool
write_deadline                      duration                         2.11.11,2.12.1
write_timeout                       word default|close|retry         2.11.11,2.12.2

[remote_gateway]
name                                string
url                                 url
urls                                list of url
tls                                 {route_tls}

[leafnodes]
listen                              listen
port                                int
host,net                            string
authorization                       {leaf_authorization}
remotes                             list of {remote}
reconnect,reconnect_delay,reconnect_interval  duration                         2.0.2
dial_timeout                        duration                         2.14.5
tls                                 {tls}
advertise,leafnode_advertise        string
no_advertise                        bool
min_version,minimum_version         leaf-version                           2.8.0
compression                         bool or string or {compression}  2.10.0
isolate_leafnode_interest,isolate   bool                             2.12.0
write_deadline                      duration                         2.11.11,2.12.1
write_timeout                       word default|close|retry         2.11.11,2.12.2

[leaf_authorization]
user,username                       string                           2.1.2
password,pass                       string                           2.1.2
nkey                                user-nkey                           2.10.8
timeout                             seconds                          2.1.2
account                             string                           2.1.2
users                               list of {leaf_user}              2.1.2
proxy_required                      bool                             2.12.0

[leaf_user]
user,username                       string
password,pass                       string
account                             string
proxy_required                      bool                             2.12.0

[remote]
url,urls@2.0.2                      url or list of url
account,local                       string
credentials,creds                   string
nkey,seed                           user-seed                        2.10.8
tls                                 {tls}
hub                                 bool                             2.1.7
deny_imports,deny_import            string or list of string         2.1.7
deny_exports,deny_export            string or list of string         2.1.7
no_randomize,dont_randomize         bool                             2.2.3
ws_compression,ws_compress,websocket_compression,websocket_compress  bool                             2.2.0
ws_no_masking,websocket_no_masking  bool                             2.2.0
jetstream_cluster_migrate,js_cluster_migrate  bool or {migrate}                2.9.0
compression                         bool or string or {compression}  2.10.0
first_info_timeout                  duration                         2.10.26
dial_timeout                        duration                         2.14.5
disabled                            bool                             2.12.0
isolate_leafnode_interest,isolate   bool                             2.12.0
request_isolation                   bool                             2.12.0
ignore_discovered_servers           bool                             2.14.0
proxy                               {proxy}                          2.12.1

[migrate] exact lax
leader_migrate_delay                duration                         2.11.0

[proxy]
url                                 proxy-url
username                            string
password                            string
timeout                             duration
tls                                 {tls}                            2.15.1

[websocket]
listen                              listen
port                                int
host,net                            string
advertise                           string
no_tls                              bool
tls                                 {tls}
same_origin                         bool
allowed_origins,allowed_origin,allow_origins,allow_origin,origins,origin  string or list of string
handshake_timeout                   quoted-duration or int
compression,compress                bool
authorization,authentication        {simple_authorization}
no_auth_user                        string
jwt_cookie                          string
user_cookie                         string                           2.11.0
pass_cookie                         string                           2.11.0
token_cookie                        string                           2.11.0
headers                             map of string                    2.11.0
ping_interval                       duration                         2.11.12,2.12.3

[mqtt]
listen                              listen
port                                int
host,net                            string
tls                                 {tls}
authorization,authentication        {simple_authorization}
no_auth_user                        string
ack_wait,ackwait                    duration
js_api_timeout,api_timeout          duration                         2.11.3
max_ack_pending,max_pending,max_inflight  int 0..65535
js_domain                           string                           2.7.0
stream_replicas                     int                              2.8.3
consumer_replicas                   any                              2.8.3  deprecated@2.9.12 nothing, for the server ignores it
consumer_memory_storage             bool                             2.8.3
consumer_inactive_threshold,consumer_auto_cleanup  duration                         2.9.0
reject_qos2_publish                 bool                             2.10.4
downgrade_qos2_subscribe            bool                             2.10.4

[simple_authorization]
user,username                       string
password,pass                       string
token                               string
timeout                             any
`;
