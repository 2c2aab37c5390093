// The folders of the catalogue, in the order that people are shown them. An id is unique without its family.

export const FAMILIES: readonly string[] = [
  "clustering",
  "streaming",
  "jetstream",
  "exposure",
  "logging",
  "authentication",
  "tls",
  "scheduling",
  "images",
  "lifecycle",
  "monitoring",
  "resources",
  "network",
  "configuration",
  "gitops",
];
