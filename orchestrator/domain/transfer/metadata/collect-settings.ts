import { promptLimit } from '../../../../contracts/capabilities/generation.ts'
import { guidanceSchema, sideSchema, stepsSchema } from '../../../../contracts/entities/preset.ts'
import { seedSchema } from '../../../../contracts/entities/recipe.ts'
import type { FoundSettings, UnreadField } from './found-recipe.ts'
import { findSampler, findScheduler } from './sampler-names.ts'

/** What a field of another tool stands for. `size` is both sides in one text; `ignored` says nothing worth keeping. */
export type FieldMeaning = keyof FoundSettings | 'size' | 'ignored'

/** Longer texts are cut. */
const longestPrompt = 20_000
const longestName = 100
const longestValue = 1000
const mostUnread = 60

/**
 * Sorts the fields of a picture into settings and the rest. A field whose value is out of our bounds, or that nobody
 * here knows, goes to the rest, so that nothing is lost silently. The first field of a meaning counts.
 *
 * @param meanings by the names of the fields, in lower case
 */
export function collectSettings(
  fields: Iterable<readonly [name: string, value: unknown]>,
  meanings: Readonly<Record<string, FieldMeaning>>,
): { settings: FoundSettings; unread: UnreadField[] } {
  const settings: FoundSettings = {}
  const unread: UnreadField[] = []
  for (const [name, value] of fields) {
    const key = name.toLowerCase()
    const meaning = Object.hasOwn(meanings, key) ? meanings[key] : undefined
    if (isEmpty(value) || meaning === 'ignored') continue
    const found = meaning === undefined ? null : read(meaning, value)
    if (found !== null) Object.assign(settings, { ...found, ...settings })
    else if (unread.length < mostUnread) unread.push(unreadField(name, value))
  }
  return { settings, unread }
}

/** Names something that was not read, in bounds. */
export function unreadField(name: string, value: unknown): UnreadField {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return { name: name.slice(0, longestName), value: text.slice(0, longestValue) }
}

function read(meaning: Exclude<FieldMeaning, 'ignored'>, value: unknown): FoundSettings | null {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : null
  return text === null ? null : readers[meaning](text)
}

const readers: Readonly<Record<Exclude<FieldMeaning, 'ignored'>, (text: string) => FoundSettings | null>> = {
  prompt: (text) => ({ prompt: text.slice(0, longestPrompt) }),
  negative_prompt: (text) => (text.length <= promptLimit ? { negative_prompt: text } : null),
  seed: (text) => number(text, seedSchema, (seed) => ({ seed })),
  width: (text) => number(text, sideSchema, (width) => ({ width })),
  height: (text) => number(text, sideSchema, (height) => ({ height })),
  size: readSize,
  steps: (text) => number(text, stepsSchema, (steps) => ({ steps })),
  guidance: (text) => number(text, guidanceSchema, (guidance) => ({ guidance })),
  sampler: readSampler,
  scheduler: (text) => {
    const scheduler = findScheduler(text)
    return scheduler === null ? null : { scheduler }
  },
  clip_skip: (text) => (/^-?\d$|^1[0-2]$/.test(text) ? { clip_skip: Math.max(-1, Number(text)) } : null),
  strength: (text) => {
    const strength = Number(text)
    return strength >= 0 && strength <= 1 ? { strength } : null
  },
  model: (text) => ({ model: text.slice(0, longestName) }),
  model_hash: (text) => (/^[0-9a-f]{8,64}$/i.test(text) ? { model_hash: text.toLowerCase() } : null),
}

function readSize(text: string): FoundSettings | null {
  const [, first, second] = /^\(?(\d{1,5})\s*[x×,]\s*(\d{1,5})\)?$/.exec(text) ?? []
  const width = sideSchema.safeParse(Number(first))
  const height = sideSchema.safeParse(Number(second))
  return width.success && height.success ? { width: width.data, height: height.data } : null
}

function readSampler(text: string): FoundSettings | null {
  const found = findSampler(text)
  if (found === null) return null
  return found.scheduler === null
    ? { sampler: found.sampler }
    : { sampler: found.sampler, scheduler: found.scheduler }
}

function number(
  text: string,
  schema: { safeParse: (value: unknown) => { success: boolean; data?: number } },
  wrap: (value: number) => FoundSettings,
): FoundSettings | null {
  const checked = text === '' ? { success: false } : schema.safeParse(Number(text))
  return checked.success && checked.data !== undefined ? wrap(checked.data) : null
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
