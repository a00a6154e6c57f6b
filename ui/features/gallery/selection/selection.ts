/**
 * Which pictures are selected: some picked one by one, and a range from the last of them. Moving the end of the range
 * leaves the others as they are.
 */
export interface Selection {
  readonly picked: ReadonlySet<string>
  /** Where a range begins; null before anything was picked. */
  readonly anchor: string | null
  /** Where the range ends; null where there is none. */
  readonly end: string | null
}

export const emptySelection: Selection = { picked: new Set(), anchor: null, end: null }

/** The selected pictures, in the order of the wall; those that are no longer there are left out. */
export function selectedIds({ picked, anchor, end }: Selection, order: readonly string[]): string[] {
  const [from, to] = rangeOf(order, anchor, end)
  return order.filter((id, index) => picked.has(id) || (index >= from && index <= to))
}

/** Picks a picture, or takes it from the selection; a range begins there. */
export function toggle(selection: Selection, id: string, order: readonly string[]): Selection {
  const picked = new Set(selectedIds(selection, order))
  if (!picked.delete(id)) picked.add(id)
  return { picked, anchor: id, end: null }
}

/** Selects everything between the picture picked last and this one; where none was, this one alone. */
export function extendTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const { anchor } = selection
  if (anchor === null || !order.includes(anchor)) return toggle({ ...selection, end: null }, id, order)
  return { ...selection, end: id }
}

/** Selects all there are. */
export function selectAll(order: readonly string[]): Selection {
  return { picked: new Set(order), anchor: order[0] ?? null, end: null }
}

/** The first and last place of a range; an empty one where it has no ends. */
function rangeOf(order: readonly string[], anchor: string | null, end: string | null): [number, number] {
  const places = [anchor, end].map((id) => (id === null ? -1 : order.indexOf(id)))
  return places.includes(-1) ? [0, -1] : [Math.min(...places), Math.max(...places)]
}
