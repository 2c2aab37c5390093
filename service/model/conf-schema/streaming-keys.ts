// The keys of stan.conf, from server/conf.go of nats-streaming-server 0.25, which ignores all others without a word.
// `read-table.ts` says how the lines read.

export const STREAMING_KEYS = `
[streaming] lax
cluster_id,id,cid                   string
discover_prefix                     publish-subject
store,store_type,storetype,st       anycase memory|file|sql
dir,datastore                       string
stan_debug,sd                       bool
stan_trace,sv                       bool
nats_server_url,nats_server,ns      string
credentials                         string
username,user                       string
password,pass                       string
token                               string
nkey_seed_file                      string
secure                              bool
tls                                 {streaming_tls}
store_limits,limits,storelimits     {store_limits}
file,file_options                   {file_options}
sql,sql_options                     {sql_options}
hb_interval,hbi,server_to_client_hb_interval  quoted-duration
hb_timeout,hbt,server_to_client_hb_timeout  quoted-duration
hb_fail_count,hbf,server_to_client_hb_fail_count  int
ft_group,ft_group_name              string
partitioning                        bool
cluster                             {streaming_cluster}
syslog_name                         string
encrypt                             bool
encryption_cipher                   anycase aes|chacha
encryption_key                      string
replace_durable,replace_durables,replace_duplicate_durable,replace_duplicate_durables  bool

[streaming_tls] lax
client_cert                         string
client_key                          string
client_ca,client_cacert             string
server_name,server_hostname         string
skip_verify,insecure                bool

[store_limits] lax
max_channels,maxchannels,mc         int 0..
max_subs,max_subscriptions,maxsubscriptions,msu  int 0..
max_msgs,maxmsgs,max_count,maxcount,mm  int 0..
max_bytes,maxbytes,mb               int 0..
max_age,maxage,ma                   quoted-duration 0s..
max_inactivity,maxinactivity,mi     quoted-duration
channels,channels_limits,channelslimits,per_channel,per_channel_limits  map of {channel_limits}

[channel_limits] lax
max_subs,max_subscriptions,maxsubscriptions,msu  int
max_msgs,maxmsgs,max_count,maxcount,mm  int
max_bytes,maxbytes,mb               int
max_age,maxage,ma                   quoted-duration
max_inactivity,maxinactivity,mi     quoted-duration

[file_options] lax
compact,compact_enabled             bool
compact_fragmentation,compact_frag  int 1..
compact_interval                    int 1..
compact_min_size                    int 0..
buffer_size                         int 0..
read_buffer_size,file_read_buffer_size  int 0..
crc,do_crc                          bool
crc_poly                            int 1..4294967295
sync,do_sync,sync_on_flush          bool
slice_max_msgs,slice_max_count,slice_msgs,slice_count  int 0..
slice_max_bytes,slice_max_size,slice_bytes,slice_size  int 0..
slice_max_age,slice_age,slice_max_time,slice_time_limit  quoted-duration 0s..
slice_archive_script,slice_archive,slice_script  string
file_descriptors_limit,fds_limit    int 0..
parallel_recovery                   int 1..
auto_sync,file_auto_sync            quoted-duration

[sql_options] lax
driver                              string
source                              string
no_caching                          bool
max_open_conns,max_conns            int
bulk_insert_limit                   int

[streaming_cluster] lax
node_id                             string
bootstrap                           bool
peers                               list of string
log_path                            string
log_cache_size                      int
log_snapshots                       int
trailing_logs                       int
sync                                bool
raft_logging                        bool
proceed_on_restore_failure          bool
allow_add_remove_node               bool
bolt_free_list_sync                 bool
bolt_free_list_map                  bool
nodes_connections                   bool
raft_heartbeat_timeout              quoted-duration
raft_election_timeout               quoted-duration
raft_lease_timeout                  quoted-duration
raft_commit_timeout                 quoted-duration
`;
