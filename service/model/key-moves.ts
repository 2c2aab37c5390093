// Where keys belong that people often write in the wrong place. A move is a fact about a chart, not a guess.

import type { DialectName } from "./charts.ts";

/** Fields of a pod that people look for in values; the charts of 1.x take them through `merge`. */
const POD =
  "affinity,tolerations,nodeSelector,securityContext,priorityClassName,terminationGracePeriodSeconds,imagePullSecrets,hostNetwork,dnsPolicy,dnsConfig,initContainers,volumes,runtimeClassName,schedulerName,hostAliases,automountServiceAccountToken";
const CONTAINER = "resources,securityContext,readinessProbe,livenessProbe,startupProbe,args,command,volumeMounts,lifecycle,envFrom";
const SERVICE =
  "type,loadBalancerIP,loadBalancerClass,loadBalancerSourceRanges,externalTrafficPolicy,internalTrafficPolicy,clusterIP,sessionAffinity,externalIPs";

/**
 * One a line: `written -> meant`. `{a,b}` stands for each of them, `*` for the one that was written;
 * of several meanings, divided by `|`, the first one that all versions in question read counts.
 */
const MOVES: Readonly<Partial<Record<DialectName, string>>> = {
  "nats-1x": `
    config.cluster.name -> config.cluster.merge.name
    config.cluster.{noAdvertise,no_advertise} -> config.cluster.merge.no_advertise
    config.cluster.advertise -> config.cluster.merge.advertise
    config.cluster.{authorization,auth} -> config.cluster.routeURLs
    config.cluster.{extraRoutes,routes} -> config.cluster.merge.routes
    config.leafnodes.{remotes,authorization,advertise} -> config.leafnodes.merge.*
    config.leafnodes.{noAdvertise,no_advertise} -> config.leafnodes.merge.no_advertise
    config.gateway.{name,gateways,authorization,advertise} -> config.gateway.merge.*
    config.websocket.{no_tls,same_origin,allowed_origins,compression,handshake_timeout,advertise} -> config.websocket.merge.*
    config.websocket.noTLS -> config.websocket.merge.no_tls
    config.websocket.sameOrigin -> config.websocket.merge.same_origin
    config.websocket.allowedOrigins -> config.websocket.merge.allowed_origins
    config.mqtt.{ack_wait,max_ack_pending,no_auth_user} -> config.mqtt.merge.*
    config.jetstream.{memStore,memStorage,memory} -> config.jetstream.memoryStore
    config.jetstream.{fileStorage,file} -> config.jetstream.fileStore
    config.jetstream.{domain,unique_tag,max_outstanding_catchup,sync_interval,max_memory_store,max_file_store} -> config.jetstream.merge.*
    config.jetstream.uniqueTag -> config.jetstream.merge.unique_tag
    config.jetstream.{storeDir,storeDirectory,store_dir} -> config.jetstream.fileStore.dir
    config.jetstream.maxMemory -> config.jetstream.memoryStore.maxSize
    config.jetstream.fileStore.{storageDirectory,storeDirectory,storeDir,store_dir} -> config.jetstream.fileStore.dir
    config.jetstream.fileStore.{storageClassName,storageClass} -> config.jetstream.fileStore.pvc.storageClassName
    config.jetstream.fileStore.{size,storageSize} -> config.jetstream.fileStore.pvc.size
    config.jetstream.fileStore.accessModes -> config.jetstream.fileStore.pvc.merge.spec.accessModes
    config.jetstream.fileStore.pvc.storageClass -> config.jetstream.fileStore.pvc.storageClassName
    config.jetstream.fileStore.pvc.{annotations,labels} -> config.jetstream.fileStore.pvc.merge.metadata.*
    config.jetstream.fileStore.pvc.{accessModes,volumeMode,dataSource,selector} -> config.jetstream.fileStore.pvc.merge.spec.*
    config.jetstream.memoryStore.size -> config.jetstream.memoryStore.maxSize
    config.resolver.{type,allow_delete,interval,limit,timeout} -> config.resolver.merge.*
    config.resolver.{operator,resolver_preload,system_account} -> config.merge.*
    config.resolver.storageClassName -> config.resolver.pvc.storageClassName
    config.websocket.ingress.annotations -> config.websocket.ingress.merge.metadata.annotations
    config.websocket.ingress.{ingressClassName,ingressClass} -> config.websocket.ingress.className
    config.nats.resources -> container.resources | container.merge.resources
    config.nats.merge -> config.merge
    config.nats.patch -> config.patch
    config.tls -> config.nats.tls
    config.{auth,authorization} -> config.merge.authorization
    config.limits -> config.merge
    config.monitoring -> config.monitor
    config.{leafnode,leaf} -> config.leafnodes
    config.ws -> config.websocket
    config.{accounts,system_account,operator,resolver_preload,no_auth_user,debug,trace,logtime,max_payload,max_connections,max_pending,max_subscriptions,max_control_line,write_deadline,ping_interval,ping_max,server_tags,client_advertise,mappings,lame_duck_duration,lame_duck_grace_period} -> config.merge.*
    config.logging -> config.merge
    config.{systemAccount,system-account} -> config.merge.system_account
    config.noAuthUser -> config.merge.no_auth_user
    config.maxPayload -> config.merge.max_payload
    config.maxConnections -> config.merge.max_connections
    config.clientAdvertise -> config.merge.client_advertise
    config.{storeDir,storeDirectory,store_dir} -> config.jetstream.fileStore.dir
    config.replicas -> config.cluster.replicas
    cluster -> config.cluster
    jetstream -> config.jetstream
    {leafnodes,gateway,websocket,mqtt,resolver} -> config.*
    auth -> config.merge.authorization
    tls -> config.nats.tls
    ingress -> config.websocket.ingress
    persistence -> config.jetstream.fileStore.pvc
    {replicas,replicaCount} -> config.cluster.replicas
    {exporter,metrics} -> promExporter
    {serviceMonitor,podMonitor} -> promExporter.podMonitor
    image -> container.image
    {env,extraEnv} -> container.env
    containerPorts -> container.ports
    {resources} -> container.resources | container.merge.resources
    {containerSecurityContext} -> container.merge.securityContext
    {livenessProbe,readinessProbe,startupProbe} -> container.merge.*
    topologySpreadConstraints -> podTemplate.topologySpreadConstraints
    imagePullSecrets -> global.image.pullSecretNames
    podSecurityContext -> podTemplate.merge.spec.securityContext
    {${POD}} -> podTemplate.merge.spec.*
    podAnnotations -> podTemplate.merge.metadata.annotations
    podLabels -> podTemplate.merge.metadata.labels
    {additionalContainers,extraContainers,sidecars} -> podTemplate.patch
    pdb -> podDisruptionBudget
    config.topologySpreadConstraints -> podTemplate.topologySpreadConstraints
    container.{${CONTAINER}} -> container.merge.*
    container.extraEnv -> container.env
    container.{client,monitoring} -> container.ports
    {container,service}.ports.client -> *.ports.nats
    {container,service}.ports.monitoring -> *.ports.monitor
    {container,service}.ports.{ws} -> *.ports.websocket
    promExporter.{${CONTAINER}} -> promExporter.merge.*
    promExporter.serviceMonitor -> promExporter.podMonitor
    promExporter.podMonitor.{labels,annotations} -> promExporter.podMonitor.merge.metadata.*
    reloader.{${CONTAINER}} -> reloader.merge.*
    natsBox.{resources,container.image.resources} -> natsBox.container.resources | natsBox.container.merge.resources
    natsBox.container.{${CONTAINER}} -> natsBox.container.merge.*
    natsBox.{image,env} -> natsBox.container.*
    natsBox.{${POD}} -> natsBox.podTemplate.merge.spec.*
    natsBox.podTemplate.{${POD}} -> natsBox.podTemplate.merge.spec.*
    podTemplate.{annotations,labels} -> podTemplate.merge.metadata.*
    podTemplate.{spec,metadata} -> podTemplate.merge.*
    podTemplate.resources -> container.resources | container.merge.resources
    podTemplate.{${POD}} -> podTemplate.merge.spec.*
    statefulSet.replicas -> config.cluster.replicas
    statefulSet.{annotations,labels} -> statefulSet.merge.metadata.*
    statefulSet.{spec,metadata} -> statefulSet.merge.*
    statefulSet.{updateStrategy,persistentVolumeClaimRetentionPolicy,revisionHistoryLimit,minReadySeconds,podManagementPolicy} -> statefulSet.merge.spec.*
    service.{annotations,labels} -> service.merge.metadata.*
    service.{spec,metadata} -> service.merge.*
    service.{${SERVICE}} -> service.merge.spec.*
    headlessService.{annotations,labels} -> headlessService.merge.metadata.*
    serviceAccount.create -> serviceAccount.enabled
    serviceAccount.{annotations,labels} -> serviceAccount.merge.metadata.*
    podDisruptionBudget.{minAvailable,maxUnavailable,unhealthyPodEvictionPolicy} -> podDisruptionBudget.merge.spec.*
    podDisruptionBudget.create -> podDisruptionBudget.enabled
  `,
  "nats-0x": `
    nats.{cluster,auth,natsbox,exporter,reloader,leafnodes,gateway,websocket,mqtt,affinity,tolerations,nodeSelector,topologySpreadConstraints,podDisruptionBudget,priorityClassName,podAnnotations,imagePullSecrets,networkPolicy,podManagementPolicy} -> *
    nats.{fileStore,fileStorage} -> nats.jetstream.fileStorage
    nats.{memStore,memStorage} -> nats.jetstream.memStorage
    nats.jetstream.{fileStore,file} -> nats.jetstream.fileStorage
    nats.jetstream.{memStore,memoryStore,memory} -> nats.jetstream.memStorage
    nats.jetstream.fileStorage.{dir,storeDirectory,storeDir} -> nats.jetstream.fileStorage.storageDirectory
    nats.jetstream.fileStorage.storageClass -> nats.jetstream.fileStorage.storageClassName
    nats.jetstream.fileStorage.{maxSize,storageSize} -> nats.jetstream.fileStorage.size
    nats.jetstream.memStorage.maxSize -> nats.jetstream.memStorage.size
    nats.pingInterval -> nats.limits.pingInterval
    nats.{maxPings,writeDeadline,maxConnections,maxSubscriptions,maxControlLine,maxPayload,maxPending,lameDuckDuration,lameDuckGracePeriod} -> nats.limits.*
    nats.limits.pingInterval -> nats.pingInterval
    nats.{debug,trace,logtime} -> nats.logging.*
    nats.{replicas,replicaCount} -> cluster.replicas
    nats.noAdvertise -> cluster.noAdvertise
    nats.tls.allow_non_tls -> nats.tls.allowNonTLS
    nats.tls.secretName -> nats.tls.secret.name
    nats.{env,envs} -> nats.extraEnv
    cluster.externalAccess -> nats.externalAccess
    cluster.{user,password} -> cluster.authorization.*
    jetstream -> nats.jetstream
    {image,resources,limits,logging,tls,healthcheck,externalAccess,advertise,connectRetries,terminationGracePeriodSeconds,profiling,serverNamePrefix,customConfigSecret} -> nats.*
    serviceAccount -> nats.serviceAccount
    {replicas,replicaCount} -> cluster.replicas
    persistence -> nats.jetstream.fileStorage
    serviceMonitor -> exporter.serviceMonitor
    metrics -> exporter
    promExporter -> exporter
    pdb -> podDisruptionBudget
    {sidecars,extraContainers} -> additionalContainers
    extraVolumes -> additionalVolumes
    extraVolumeMounts -> additionalVolumeMounts
    extraEnv -> nats.extraEnv
    auth.{users,accounts,noAuthUser,defaultPermissions} -> auth.basic.*
    auth.{user,username,password} -> auth.basic.users
    auth.basic.systemAccount -> auth.systemAccount
    auth.basic.token -> auth.token
    auth.{operator} -> auth.resolver.operator
  `,
  stan: `
    {replicas,replicaCount} -> stan.replicas
    cluster.replicas -> stan.replicas
    store.cluster.replicas -> stan.replicas
    {clusterID,image,logging,tls,credentials} -> stan.*
    stan.{store,affinity,tolerations,nodeSelector,resources,podAnnotations,imagePullSecrets} -> *
    stan.clusterId -> stan.clusterID
    stan.{debug,trace} -> stan.logging.*
    stan.url -> stan.nats.url
    stan.{limits} -> store.limits
    store.{path} -> store.file.path
    store.file.storageSize -> store.volume.storageSize
    store.volume.size -> store.volume.storageSize
    store.volume.storageClassName -> store.volume.storageClass
    store.volume.mountPath -> store.volume.mount
    {limits,file,ft,sql,volume,partitioning,backup} -> store.*
    nats.limits.pingInterval -> nats.pingInterval
    serviceMonitor -> exporter.serviceMonitor
  `,
  "stable-nats": `
    {replicas} -> replicaCount
    cluster.{replicas,replicaCount} -> replicaCount
    cluster.{auth,authorization} -> clusterAuth
    service -> client.service
    debug.debug -> debug.enabled
    logging -> debug
    auth.username -> auth.user
    clusterAuth.username -> clusterAuth.user
  `,
};

/** What each written key means, in the order to try; the table is read anew, because it is asked only about wrong keys. */
export function movesOf(dialect: DialectName): ReadonlyMap<string, readonly string[]> {
  const moves = new Map<string, readonly string[]>();
  for (const line of (MOVES[dialect] ?? "").trim().split("\n")) {
    const [left, right] = line.split("->").map((part) => part.trim());
    if (left === undefined || left === "" || right === undefined) continue;
    for (const [written, star] of spread(left)) {
      if (!moves.has(written))
        moves.set(
          written,
          right.split("|").map((meant) => meant.trim().replace("*", star)),
        );
    }
  }
  return moves;
}

/** `a.{b,c}` as `a.b` and `a.c`, each with what stood in the first braces. */
function spread(text: string): (readonly [string, string])[] {
  const found = /^(.*?)\{([^}]*)\}(.*)$/.exec(text);
  if (found === null) return [[text, ""]];
  const [, before = "", names = "", after = ""] = found;
  return names.split(",").flatMap((name) => spread(`${before}${name}${after}`).map(([key]) => [key, name] as const));
}
