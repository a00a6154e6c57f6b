/** Which side of a cursor a page lies on, in a list that is newest first. */
export type PageDirection = 'forward' | 'backward'

/** Where the pages beside a page begin; null where the list ends. */
export interface PageCursors {
  readonly nextCursor: number | null
  readonly previousCursor: number | null
}

/**
 * Makes a page, newest first, of what was read from its cursor on in its direction, one more than the page holds.
 *
 * A cursor is a place and not a picture: ids from it on lie before it, smaller ones after it. So it stays good when the
 * pictures beside it go. The extra row tells exactly whether the list goes on in the direction that was read; the way
 * back stays open wherever there was a cursor, because that takes no second look.
 */
export function cutPage<Item extends { readonly id: number }>(
  read: readonly Item[],
  page: { readonly cursor: number | null; readonly direction?: PageDirection; readonly limit: number },
): PageCursors & { readonly items: readonly Item[] } {
  const isForward = page.direction !== 'backward'
  const taken = read.slice(0, page.limit)
  const items = isForward ? taken : taken.toReversed()
  const hasMore = read.length > page.limit
  const [first, last] = [items[0], items.at(-1)]
  const before = first === undefined ? page.cursor : first.id + 1
  const after = last === undefined ? page.cursor : last.id
  const goesBack = isForward ? page.cursor !== null : hasMore
  const goesOn = isForward ? hasMore : page.cursor !== null
  return { items, previousCursor: goesBack ? before : null, nextCursor: goesOn ? after : null }
}

/** The number in a cursor; one that was made up and cannot be counted to is the largest there is. */
export function placeOfCursor(text: string): number {
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}
