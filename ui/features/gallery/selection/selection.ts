/**
 * Which pictures are selected: some picked one by one, and a range from the last of them. Moving the end of the range
 * leaves the others as they are. What is selected stays so when it is no longer loaded.
 */
export interface Selection {
  readonly picked: ReadonlySet<string>
  /** What lies between the anchor and the end of the range. */
  readonly range: readonly string[]
  /** Where a range begins; null before anything was picked. */
  readonly anchor: string | null
}

export const emptySelection: Selection = { picked: new Set(), range: [], anchor: null }

/** Every selected picture, once. */
export function selectedIds({ picked, range }: Selection): ReadonlySet<string> {
  return new Set([...picked, ...range])
}

/** Picks a picture, or takes it from the selection; a range begins there. */
export function toggle(selection: Selection, id: string): Selection {
  const picked = new Set(selectedIds(selection))
  if (!picked.delete(id)) picked.add(id)
  return { picked, range: [], anchor: id }
}

/**
 * Selects everything between the picture picked last and this one; where none was, this one alone.
 *
 * @param order the pictures of the wall as far as they are loaded
 */
export function extendTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const places = [selection.anchor, id].map((one) => (one === null ? -1 : order.indexOf(one)))
  if (places.includes(-1)) return { ...toggle(withoutOne(selection, id), id), anchor: id }
  return { ...selection, range: order.slice(Math.min(...places), Math.max(...places) + 1) }
}

/** Selects all that are loaded, besides what is selected already. */
export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { picked: new Set([...selectedIds(selection), ...order]), range: [], anchor: order[0] ?? null }
}

/** The selection without pictures that are gone. */
export function without(selection: Selection, gone: ReadonlySet<string>): Selection {
  const stays = (id: string): boolean => !gone.has(id)
  const { picked, range, anchor } = selection
  return {
    picked: new Set([...picked].filter(stays)),
    range: range.filter(stays),
    anchor: anchor !== null && stays(anchor) ? anchor : null,
  }
}

function withoutOne(selection: Selection, id: string): Selection {
  return without(selection, new Set([id]))
}
