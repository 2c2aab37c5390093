// Lists of GitHub, page by page. Pages are asked for by number: what a `Link` header names is never followed.

/** One page: what it holds, and the answer's headers. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly headers: { readonly link?: string | undefined };
}

/** Items of one page; more is not to be had. */
export const PAGE = 100;

/** All items of a list, in order, and whether the list ended before `most` pages did. */
export async function allPages<Item>(
  read: (page: number) => Promise<Page<Item>>,
  most: number,
): Promise<{ readonly items: Item[]; readonly complete: boolean }> {
  const items: Item[] = [];
  for (let page = 1; page <= most; page++) {
    const { items: more, headers } = await read(page);
    items.push(...more);
    const hasMore = headers.link === undefined ? more.length >= PAGE : /\brel="next"/.test(headers.link);
    if (!hasMore) return { items, complete: true };
  }
  return { items, complete: false };
}
