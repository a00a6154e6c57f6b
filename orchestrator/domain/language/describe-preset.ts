import type { LanguagePreset, LanguageSource } from '../../../contracts/entities/language-preset.ts'
import type { PresetAvailability } from '../../../contracts/entities/preset.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { StoredLanguagePreset, StoredLanguageSource } from '../../storage/language-presets.ts'
import { inspectModelFile } from '../presets/model-file.ts'
import { isThere, type BuiltInLanguageModel } from './built-in-language-model.ts'

const ready: PresetAvailability = { state: 'ready', progress: null, problem: null }

/** The built-in model as people see it. */
export function describeBuiltIn(model: BuiltInLanguageModel, chosen: boolean): LanguagePreset {
  const { id, name, settings } = model
  const availability = isThere(model) ? ready : unavailable(new ProductError('model_file_missing'))
  return { id, name, source: { kind: 'built_in' }, ...settings, chosen, availability }
}

/** A person's own one as they see it: its file looked at, its key not shown. */
export async function describeStored(stored: StoredLanguagePreset): Promise<LanguagePreset> {
  const { id, name, source, settings, chosen } = stored
  return {
    id,
    name,
    source: describeSource(source),
    ...settings,
    chosen,
    availability: source.kind === 'remote' ? ready : await availabilityOf(source.file),
  }
}

/**
 * Reads the header of a file to its end, so that the engine never opens one that is cut short or something else.
 *
 * @throws ProductError `model_file_missing`, `model_file_truncated` or `model_file_invalid`
 */
export async function checkLanguageFile(path: string): Promise<void> {
  const { format } = await inspectModelFile(path)
  if (format === 'gguf') return
  throw new ProductError('model_file_invalid', 'A language model must be a .gguf file.', {
    details: { path },
  })
}

function describeSource(source: StoredLanguageSource): LanguageSource {
  if (source.kind === 'gguf') return source
  const { kind, url, model, api_key } = source
  return { kind, url, model, has_key: api_key !== null }
}

async function availabilityOf(file: string): Promise<PresetAvailability> {
  try {
    await checkLanguageFile(file)
    return ready
  } catch (error) {
    if (error instanceof ProductError) return unavailable(error)
    throw error
  }
}

function unavailable({ code, message }: ProductError): PresetAvailability {
  return { state: 'unavailable', progress: null, problem: { code, message } }
}
