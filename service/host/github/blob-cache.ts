// Blobs kept in memory between runs. A blob's name is its digest, so what is kept never grows stale.

export interface BlobCache {
  get(blob: string): Uint8Array | undefined;
  keep(blob: string, bytes: Uint8Array): void;
}

/** Keeps at most so many bytes; what was used longest ago goes first. */
export function blobCache(mostBytes: number): BlobCache {
  const kept = new Map<string, Uint8Array>();
  let size = 0;
  return {
    get(blob) {
      const bytes = kept.get(blob);
      if (bytes !== undefined) {
        kept.delete(blob);
        kept.set(blob, bytes);
      }
      return bytes;
    },
    keep(blob, bytes) {
      if (kept.has(blob) || bytes.length > mostBytes) return;
      kept.set(blob, bytes);
      size += bytes.length;
      for (const [oldest, old] of kept) {
        if (size <= mostBytes) break;
        kept.delete(oldest);
        size -= old.length;
      }
    },
  };
}
