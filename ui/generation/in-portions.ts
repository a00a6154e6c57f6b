/** The most pictures a call may name. */
const atOnce = 500

/** A list in parts that one call can take each. */
export function inPortions<Item>(items: readonly Item[], size = atOnce): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
