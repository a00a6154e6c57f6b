import type { ToolCall } from '../openai/answer.ts'
import { isChange, joinChange } from './change.ts'
import type { KnownTool } from './known-tools.ts'
import type { PastCall, Transcript } from './transcript.ts'

/** Arguments of an earlier call that also hold for another picture of the same thing. */
const lasting = ['prompt', 'negative_prompt', 'style', 'aspect', 'width', 'height'] as const

/**
 * Completes a call from the transcript. The model is small and says only what the person just said; what that is about
 * stands in the calls before.
 *
 * @returns null where the call cannot be completed, so that it is better to ask
 */
export function fillCall(tool: KnownTool, call: ToolCall, transcript: Transcript): ToolCall | null {
  const filled = { name: call.name, arguments: onlyAccepted(fill(call, transcript), tool) }
  return [...tool.required].every((name) => name in filled.arguments) ? filled : null
}

function fill(call: ToolCall, transcript: Transcript): Record<string, unknown> {
  const given = call.arguments
  const last = lastPicture(transcript)
  if (call.name === 'generate') return fillGenerate(given, transcript, last)
  if (call.name === 'enhance_prompt' && given['user_input'] === undefined)
    return withDefined({ ...given, user_input: last?.['prompt'] })
  const aboutPicture = call.name === 'apply_style' || call.name === 'analyze_image'
  if (aboutPicture && given['generation'] === undefined && hasPictures(transcript))
    return { ...given, generation: 'last' }
  return { ...given }
}

/** Another picture of the last thing, a change of it, or something new. */
function fillGenerate(
  given: Readonly<Record<string, unknown>>,
  { say, situation }: Transcript,
  last: Readonly<Record<string, unknown>> | null,
): Record<string, unknown> {
  if (last === null || situation === 'none') return { ...given }
  const { prompt } = given
  // A picture that is named brings its own words only where it is the last one; else its number must do.
  if (prompt === undefined) return withDefined({ ...pick(last, lasting), ...given })
  if (typeof prompt !== 'string' || !isChange(say, prompt)) return { ...given }
  return withDefined({
    ...pick(last, lasting),
    ...given,
    prompt: joinChange(String(last['prompt'] ?? ''), prompt),
    negative_prompt: joinWords(last['negative_prompt'], given['negative_prompt']),
  })
}

/**
 * The picture that is made after a style was found for it: the words without the style, and the style.
 *
 * @returns null where the result does not tell the words
 */
export function generateInStyle(tool: KnownTool, applied: PastCall, transcript: Transcript): ToolCall | null {
  const result = applied.outcome?.result ?? {}
  const last = lastPicture(transcript)
  const prompt = result['own_prompt'] ?? applied.arguments['prompt'] ?? last?.['prompt']
  const style = result['style'] ?? applied.arguments['style_name']
  if (typeof prompt !== 'string' || prompt === '' || typeof style !== 'string') return null
  const seed = lastSeed(transcript)
  const kept = last === null ? {} : pick(last, ['negative_prompt', 'aspect', 'width', 'height'])
  const call = { name: 'generate', arguments: withDefined({ ...kept, prompt, style, seed }) }
  return { ...call, arguments: onlyAccepted(call.arguments, tool) }
}

/** The arguments of the last picture that was made. */
function lastPicture({ before, since }: Transcript): Readonly<Record<string, unknown>> | null {
  const made = [...before, ...since].findLast(({ name, outcome }) => name === 'generate' && outcome?.ok)
  return made?.arguments ?? null
}

function hasPictures({ before }: Transcript): boolean {
  return before.some(({ name, outcome }) => outcome?.ok && name === 'generate')
}

/** The seed of the last picture, so that the same scene comes out in the style; absent where no result tells it. */
function lastSeed({ before, since }: Transcript): number | undefined {
  const made = [...before, ...since].findLast(({ name, outcome }) => name === 'generate' && outcome?.ok)
  return made?.outcome === null || made === undefined ? undefined : findSeed(made.outcome.result)
}

function findSeed(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('seed' in value && typeof value.seed === 'number') return value.seed
  for (const part of Object.values(value)) {
    const seed = findSeed(part)
    if (seed !== undefined) return seed
  }
  return undefined
}

function joinWords(one: unknown, other: unknown): string | undefined {
  const words = [one, other].filter((text) => typeof text === 'string' && text !== '')
  return words.length === 0 ? undefined : words.join(', ')
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
}

function withDefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function onlyAccepted(
  fields: Readonly<Record<string, unknown>>,
  { accepts }: KnownTool,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => accepts.has(name)))
}
