import { collectSettings, type FieldMeaning } from './collect-settings.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'

/** The fields of the line of settings. */
const meanings: Readonly<Record<string, FieldMeaning>> = {
  prompt: 'prompt',
  'negative prompt': 'negative_prompt',
  steps: 'steps',
  sampler: 'sampler',
  'schedule type': 'scheduler',
  scheduler: 'scheduler',
  'cfg scale': 'guidance',
  seed: 'seed',
  size: 'size',
  'model hash': 'model_hash',
  model: 'model',
  'denoising strength': 'strength',
  'clip skip': 'clip_skip',
  version: 'ignored',
  app: 'ignored',
  eta: 'ignored',
  rng: 'ignored',
  'raw prompt': 'ignored',
  'raw negative prompt': 'ignored',
}

/** Who wrote it, by what stands behind `Version:` or `App:`. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/^MystiCanvas/i, 'MystiCanvas'],
  [/^Fooocus/i, 'Fooocus'],
  [/^stable-diffusion\.cpp/i, 'stable-diffusion.cpp'],
  [/^SD\.?Next/i, 'SD.Next'],
  [/^f\d|forge|^neo/i, 'Forge'],
  [/^ComfyUI/i, 'ComfyUI'],
]

/** With fewer settings than this, the last line is one of the prompt. */
const fewestSettings = 3

/**
 * Reads the text that AUTOMATIC1111's web UI writes, and in variants Forge, SD.Next, Fooocus (scheme `a1111`) and
 * stable-diffusion.cpp: the prompt, a line that begins with `Negative prompt:`, and a last line of `Name: value` pairs
 * between commas, of which values with commas in them are JSON strings.
 * Sources: `modules/infotext_utils.py` of AUTOMATIC1111/stable-diffusion-webui; `A1111MetadataParser` in
 * `modules/meta_parser.py` of Fooocus; `get_image_params` in `examples/common` of stable-diffusion.cpp.
 *
 * @returns null where the texts hold no such text
 */
export function readInfotext(texts: PictureTexts): FoundRecipe | null {
  const text = texts.get('parameters') ?? texts.get('usercomment')
  const lines = text?.trim().split('\n') ?? []
  const settingsLine = splitSettings(lines.at(-1) ?? '')
  if (settingsLine.length < fewestSettings) return null
  const fields = [...promptFields(lines.slice(0, -1)), ...settingsLine]
  return { tool: toolOf(settingsLine), own: null, ...collectSettings(fields, meanings) }
}

function promptFields(lines: readonly string[]): [string, string][] {
  const negativeAt = lines.findIndex((line) => line.startsWith('Negative prompt:'))
  if (negativeAt < 0) return [['prompt', lines.join('\n')]]
  const negative = lines.slice(negativeAt).join('\n').slice('Negative prompt:'.length)
  return [
    ['prompt', lines.slice(0, negativeAt).join('\n')],
    ['negative prompt', negative],
  ]
}

/** Takes the line apart at commas outside of quotes, in one pass whatever the line is. */
function splitSettings(line: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  let begin = 0
  let quoted = false
  for (let at = 0; at <= line.length; at += 1) {
    const letter = line[at]
    if (quoted && letter === '\\') at += 1
    else if (letter === '"') quoted = !quoted
    else if (at === line.length || (letter === ',' && !quoted)) {
      const pair = toPair(line.slice(begin, at))
      if (pair !== null) pairs.push(pair)
      begin = at + 1
    }
  }
  return pairs
}

function toPair(piece: string): [name: string, value: string] | null {
  const colon = piece.indexOf(':')
  const name = piece.slice(0, Math.max(0, colon)).trim()
  return /^\w[\w /().-]{0,80}$/.test(name) ? [name, unquoted(piece.slice(colon + 1).trim())] : null
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}

function toolOf(settings: readonly (readonly [string, string])[]): string {
  const marks = settings.filter(([name]) => name === 'Version' || name === 'App').map(([, value]) => value)
  const found = tools.find(([pattern]) => marks.some((mark) => pattern.test(mark)))
  return found?.[1] ?? 'AUTOMATIC1111'
}
