/** What came of a call, as the text of a tool's result tells. */
export interface Outcome {
  readonly ok: boolean
  /** The result where it was JSON, with or without `{ ok, result }` around it. */
  readonly result: Readonly<Record<string, unknown>>
}

/**
 * Reads a tool's result. Results come as `{ ok, result | error }`, as the result alone, or as a text; a text that begins
 * with "error" is one.
 */
export function readOutcome(content: string): Outcome {
  const value = parseObject(content)
  if (value === null) return { ok: !/^\s*\W*error\b/i.test(content), result: {} }
  const failed = value['ok'] === false || value['isError'] === true || isPresent(value['error'])
  const inner = value['result'] ?? value['structuredContent']
  return { ok: !failed, result: isObject(inner) ? inner : value }
}

/** How many things a list in a result has. */
export function countItems(result: Readonly<Record<string, unknown>>): number {
  const list = Object.values(result).find((value) => Array.isArray(value))
  return Array.isArray(list) ? list.length : 0
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}
