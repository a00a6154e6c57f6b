import { collectSettings, type FieldMeaning } from './collect-settings.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'
import { asArray, asObject, parseJsonObject, type JsonObject } from './parse-json.ts'

const meanings: Readonly<Record<string, FieldMeaning>> = {
  prompt: 'prompt',
  positive_prompt: 'prompt',
  negative_prompt: 'negative_prompt',
  seed: 'seed',
  width: 'width',
  height: 'height',
  steps: 'steps',
  cfg_scale: 'guidance',
  sampler: 'sampler',
  scheduler: 'sampler',
  schedule: 'scheduler',
  clip_skip: 'clip_skip',
  strength: 'strength',
  model: 'model',
  model_hash: 'model_hash',
  app_version: 'ignored',
  generation_mode: 'ignored',
  rand_device: 'ignored',
}

/** The options of its early command line. */
const dreamOptions: Readonly<Record<string, string>> = {
  s: 'steps',
  S: 'seed',
  W: 'width',
  H: 'height',
  C: 'cfg_scale',
  A: 'sampler',
  f: 'strength',
}

/**
 * Reads what InvokeAI writes into a PNG: JSON in `invokeai_metadata` (3 and later), JSON in `sd-metadata` (2), or the
 * command line in `Dream` (1), newest first.
 * Sources: `CoreMetadataInvocation` in `invokeai/app/invocations/metadata.py` of InvokeAI; `ldm/invoke/args.py` and
 * `ldm/invoke/pngwriter.py` of its version 2.
 */
export function readInvokeAi(texts: PictureTexts): FoundRecipe | null {
  const current = parseJsonObject(texts.get('invokeai_metadata'))
  const second = parseJsonObject(texts.get('sd-metadata'))
  const fields =
    current === null
      ? second === null
        ? dreamFields(texts.get('dream'))
        : secondFields(second)
      : currentFields(current)
  if (fields === null) return null
  return { tool: 'InvokeAI', own: null, ...collectSettings(fields.flatMap(splitScheduler), meanings) }
}

type Field = [name: string, value: unknown]

function currentFields({ model, model_name, ...others }: JsonObject): Field[] {
  const name = asObject(model)?.['name'] ?? asObject(model)?.['model_name'] ?? model_name ?? model
  return [...Object.entries(others), ['model', name]]
}

function secondFields({ image, model_weights, model_hash, ...others }: JsonObject): Field[] {
  const { prompt, ...settings } = asObject(image) ?? {}
  const said = asArray(prompt)
    .map((part) => asObject(part)?.['prompt'])
    .filter((part) => typeof part === 'string')
    .join(' ')
  return [
    ...promptFields(typeof prompt === 'string' ? prompt : said),
    ...Object.entries(settings).filter(([name]) => name !== 'type' && name !== 'postprocessing'),
    ['model', model_weights ?? others['model']],
    ['model_hash', model_hash],
  ]
}

function dreamFields(text: string | undefined): Field[] | null {
  const [, prompt, options] = /^\s*"((?:[^"\\]|\\.)*)"([^"]{0,2000})/.exec(text ?? '') ?? []
  if (prompt === undefined || options === undefined) return null
  const values = [...options.matchAll(/(?<=^|\s)-([A-Za-z])\s*([^\s-]\S*)/g)].map(
    ([, option = '', value]): Field => [
      (Object.hasOwn(dreamOptions, option) ? dreamOptions[option] : undefined) ?? `-${option}`,
      value,
    ],
  )
  return [...promptFields(prompt.replaceAll('\\"', '"')), ...values]
}

/** Until version 2 the negative prompt stood in square brackets inside the prompt. */
function promptFields(text: string): Field[] {
  const negative = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, words = '']) => words)
  return [
    ['prompt', text.replaceAll(/\[[^[\]]*\]/g, '').trim()],
    ['negative_prompt', negative.join(', ')],
  ]
}

/** A name that ends in `_k` means the schedule of Karras. */
function splitScheduler([name, value]: Field): Field[] {
  const isKarras = (name === 'scheduler' || name === 'sampler') && String(value).endsWith('_k')
  return isKarras
    ? [
        [name, String(value).slice(0, -2)],
        ['schedule', 'karras'],
      ]
    : [[name, value]]
}
