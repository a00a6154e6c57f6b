import { toInertJson } from '../../contracts/untrusted.ts'
import { countTokens } from './count-tokens.ts'

/** How lists and texts are shortened, step by step, until a value fits. */
const steps = [
  { items: Infinity, characters: Infinity },
  { items: 20, characters: 1000 },
  { items: 10, characters: 400 },
  { items: 5, characters: 200 },
  { items: 3, characters: 100 },
  { items: 1, characters: 60 },
  { items: 0, characters: 30 },
] as const

/**
 * A value as one line of JSON in as few tokens as are allowed. Long lists lose their end and say how many items that was;
 * long texts lose theirs and say so with an ellipsis. What then still does not fit is cut to its plain fields.
 */
export function fitToBudget(value: Readonly<Record<string, unknown>>, tokens: number): string {
  for (const step of steps) {
    const json = toInertJson(shorten(value, step))
    if (countTokens(json) <= tokens) return json
  }
  const plain = Object.entries(value).filter(([, field]) => typeof field === 'boolean')
  return toInertJson({ ...Object.fromEntries(plain), left_out: 'too long' })
}

function shorten(value: unknown, step: (typeof steps)[number]): unknown {
  if (typeof value === 'string')
    return value.length > step.characters ? `${value.slice(0, step.characters)}…` : value
  if (Array.isArray(value)) {
    const kept = value.slice(0, step.items).map((item) => shorten(item, step))
    return kept.length === value.length ? kept : [...kept, `… ${value.length - kept.length} more left out`]
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shorten(field, step)]))
}
