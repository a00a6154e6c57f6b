import type { Measurements } from '../../../contracts/entities/analysis.ts'
import type { Vocabulary } from '../../../contracts/entities/preset.ts'
import type { PromptEdit } from '../../../contracts/entities/prompt-edit.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'

/** What a picture was asked for by, as far as an edit can change it. */
export interface Request {
  readonly prompt: string
  readonly negative_prompt: string
  readonly steps: number
  readonly guidance: number
}

interface Situation {
  readonly measured: Measurements
  /** Null where nobody knows how the picture was made. */
  readonly request: Request | null
  readonly vocabulary: Vocabulary | null
}

/** From here on more steps bring little. */
const enoughSteps = 30

/** Models that are guided less than this are made for few steps. */
const distilledGuidance = 1.5

/** Guidance beyond this drives light and shadow to their ends. */
const strongGuidance = 9
const usualGuidance = 7

const nightWords = ['night', 'midnight', 'dark', 'darkness']
const colorWords = ['colorful', 'colourful', 'vivid', 'vibrant', 'saturated', 'bright colors']

/**
 * Edits that may mend what was measured. Nothing is suggested that the prompt asks for as it is, or whose words the model
 * does not know. A blank picture gets none: the words are not what is wrong with it.
 */
export function suggestEdits(situation: Situation): PromptEdit[] {
  if (situation.measured.blank) return []
  return [lighten, darken, addContrast, addColor, soften, sharpen, fill].flatMap((suggest) =>
    suggest(situation),
  )
}

function lighten({ measured, request, vocabulary }: Situation): PromptEdit[] {
  if (measured.brightness >= 0.3) return []
  const night = nightWords.find((word) => says(request, [word]))
  if (night !== undefined) {
    const dusk = firstKnown(['dusk'], vocabulary)
    const reason = `The picture is dark, and the prompt says "${night}".`
    return dusk === null ? [] : [{ ...add('prompt', dusk, reason), action: 'replace', replaces: night }]
  }
  if (says(request, ['noir', 'space', 'galaxy', 'silhouette', 'black'])) return []
  return addWords(['bright daylight', 'clear daylight'], 'The picture is dark.', { request, vocabulary })
}

function darken({ measured, request, vocabulary }: Situation): PromptEdit[] {
  const washed =
    measured.highlights_clipped > 0.25 || (measured.brightness > 0.88 && measured.contrast < 0.12)
  if (!washed || says(request, ['white', 'snow', 'snowy', 'plain', 'winter', 'fog', 'sketch', 'drawing']))
    return []
  return addWords(['soft evening light', 'dusk'], 'Much of the picture is washed out to white.', {
    request,
    vocabulary,
  })
}

function addContrast({ measured, request, vocabulary }: Situation): PromptEdit[] {
  if (measured.contrast >= 0.06 || says(request, ['fog', 'foggy', 'mist', 'misty', 'soft', 'pastel', 'snow']))
    return []
  return addWords(['dramatic light, strong contrast'], 'Light and dark hardly differ.', {
    request,
    vocabulary,
  })
}

function addColor({ measured, request, vocabulary }: Situation): PromptEdit[] {
  const colorless = [
    'monochrome',
    'black and white',
    'noir',
    'sepia',
    'grey',
    'gray',
    'pencil',
    'ink',
    'charcoal',
    'sketch',
  ]
  if (measured.saturation >= 0.03 || says(request, colorless)) return []
  const reason = 'The picture has hardly any colour.'
  const unwanted = colorWords.filter((word) => containsWords(request?.negative_prompt ?? '', word))
  if (unwanted.length > 0)
    return unwanted.map((word) => ({ ...add('negative_prompt', word, reason), action: 'remove' as const }))
  return addWords(['vivid colors'], reason, { request, vocabulary })
}

function soften({ measured, request }: Situation): PromptEdit[] {
  const clipped = measured.shadows_clipped + measured.highlights_clipped
  if (clipped < 0.3 || request === null || request.guidance <= strongGuidance) return []
  const reason = `Light and shadow run to their ends, as they do at a guidance of ${request.guidance}.`
  return [setParameter('guidance', request.guidance, usualGuidance, reason)]
}

function sharpen({ measured, request, vocabulary }: Situation): PromptEdit[] {
  if (
    measured.sharpness >= 0.1 ||
    says(request, ['soft', 'blurry', 'blur', 'fog', 'foggy', 'misty', 'dreamy'])
  )
    return []
  const reason = 'Edges are soft.'
  const words = addWords(['sharp focus'], reason, { request, vocabulary })
  if (request === null || request.steps >= enoughSteps || request.guidance <= distilledGuidance) return words
  const steps = Math.min(enoughSteps, Math.ceil(request.steps * 1.5))
  return [setParameter('steps', request.steps, steps, `${reason} More steps draw finer ones.`), ...words]
}

function fill({ measured, request, vocabulary }: Situation): PromptEdit[] {
  const plain = [
    'plain',
    'simple',
    'minimal',
    'minimalist',
    'background',
    'icon',
    'logo',
    'sky',
    'space',
    'snow',
    'fog',
  ]
  if (measured.blank_area < 0.6 || says(request, plain)) return []
  return addWords(['detailed background'], 'Most of the picture is empty.', { request, vocabulary })
}

/** Adds the first of these that the model knows, where the prompt does not say it already. */
function addWords(
  texts: readonly string[],
  reason: string,
  { request, vocabulary }: Pick<Situation, 'request' | 'vocabulary'>,
): PromptEdit[] {
  const text = firstKnown(texts, vocabulary)
  return text === null || says(request, text.split(', ')) ? [] : [add('prompt', text, reason)]
}

function firstKnown(texts: readonly string[], vocabulary: Vocabulary | null): string | null {
  const isKnown = (text: string) =>
    vocabulary === null || sortPromptWords(text, vocabulary).unknown.length === 0
  return texts.find(isKnown) ?? null
}

function says(request: Request | null, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => containsWords(request?.prompt ?? '', phrase))
}

function containsWords(text: string, phrase: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return ` ${words.join(' ')} `.includes(` ${phrase} `)
}

function add(target: 'prompt' | 'negative_prompt', text: string, reason: string): PromptEdit {
  return { action: 'add', target, parameter: null, text, replaces: null, reason }
}

function setParameter(parameter: 'steps' | 'guidance', from: number, to: number, reason: string): PromptEdit {
  return {
    action: 'replace',
    target: 'parameter',
    parameter,
    text: String(to),
    replaces: String(from),
    reason,
  }
}
