/** Anything with fields. */
export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Reads a JSON object; null for everything else. Whole numbers beyond what a number holds exactly, as seeds of 64 bits,
 * come as the digits that were written. Nesting too deep to be walked is no JSON to us.
 */
export function parseJsonObject(text: string | undefined): JsonObject | null {
  if (text === undefined || !/^\s*\{/.test(text)) return null
  return parse(text) ?? parse(withoutNaN(text))
}

/** The value as an object with fields; null where it is none. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

/** The value as an array; empty where it is none. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function parse(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text, keepLargeNumbers))
  } catch {
    return null
  }
}

/** ComfyUI writes NaN, which Python takes for JSON and nobody else. */
function withoutNaN(text: string): string {
  return text.replaceAll(/(?<=[[:,]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g, 'null')
}

function keepLargeNumbers(_: string, value: unknown, context?: { source?: string }): unknown {
  const isInexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isInexact ? (context?.source ?? value) : value
}
