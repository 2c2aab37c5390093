// What stands on a pull request already, as the host reads it; and which of it is natslint's own.

import { bodyHash, type Identity, type Marker, readMarker } from "./marker.ts";

export interface Author {
  /** With or without the "[bot]" that REST writes and GraphQL does not. */
  readonly login: string;
  readonly isBot: boolean;
}

/** A thread of review comments. */
export interface Thread {
  /** GraphQL's id. */
  readonly id: string;
  readonly path: string;
  readonly subject: "line" | "file";
  /** The last line that it stands on at the present head, 1-based; null when outdated or about the file. */
  readonly line: number | null;
  /** The first of several lines; null for one. */
  readonly startLine: number | null;
  readonly side: "LEFT" | "RIGHT";
  readonly isOutdated: boolean;
  /** Null while it is open. */
  readonly resolvedBy: Author | null;
  /** All of them, the oldest first. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  /** The number that REST knows it by. */
  readonly id: number;
  /** GraphQL's id. */
  readonly nodeId: string;
  readonly author: Author | null;
  readonly body: string;
  readonly isMinimized: boolean;
  readonly reactions: number;
}

export interface Existing {
  readonly threads: readonly Thread[];
  /** The comments of the conversation. */
  readonly comments: readonly Comment[];
}

/** A thread that natslint began. */
export interface OwnThread {
  readonly thread: Thread;
  readonly comment: Comment;
  readonly marker: Marker;
  /** Somebody else changed its text. */
  readonly isEdited: boolean;
  /** Somebody replied, reacted, or changed its text: it is never deleted. */
  readonly isTouched: boolean;
  /** Natslint said that it is fixed. */
  readonly isRetired: boolean;
  /** Somebody resolved or hid it: they have seen it, and want no other. */
  readonly isAcknowledged: boolean;
}

/** The threads that natslint began, the oldest first. */
export function ownThreads(existing: Existing, identity: Identity): readonly OwnThread[] {
  return existing.threads
    .flatMap((thread): OwnThread[] => {
      const [comment, ...replies] = thread.comments;
      const marker = comment === undefined ? null : ownMarker(comment, identity);
      if (comment === undefined || marker === null || marker.fingerprint === SUMMARY) return [];
      const isEdited = bodyHash(comment.body) !== marker.hash;
      const isRetired = marker.isFixed || (thread.resolvedBy !== null && isSame(thread.resolvedBy, identity));
      return [
        {
          thread,
          comment,
          marker,
          isEdited,
          isTouched: isEdited || comment.reactions > 0 || replies.some(({ author }) => author === null || !isSame(author, identity)),
          isRetired,
          isAcknowledged: !isRetired && (thread.resolvedBy !== null || comment.isMinimized),
        },
      ];
    })
    .sort((a, b) => a.comment.id - b.comment.id);
}

/** What the summary's marker has in place of a fingerprint. */
export const SUMMARY = "summary";

/** The marker of a comment that this natslint wrote; null for everybody else's, whatever it says. */
export function ownMarker(comment: Comment, identity: Identity): Marker | null {
  if (comment.author === null || !isSame(comment.author, identity)) return null;
  return readMarker(comment.body, identity);
}

function isSame(author: Author, identity: Identity): boolean {
  const bare = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, "");
  return author.isBot === identity.isBot && bare(author.login) === bare(identity.login);
}
