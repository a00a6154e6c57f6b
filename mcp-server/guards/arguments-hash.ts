import { createHash } from 'node:crypto'

/** Tells whether two calls say the same: the SHA-256 of their arguments, whatever the order of the keys. */
export function hashOfArguments(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(input)) ?? 'null')
    .digest('hex')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields.map(([key, field]) => [key, sortKeys(field)]))
}
