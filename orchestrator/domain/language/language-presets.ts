import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { LanguagePreset, LanguageSettings } from '../../../contracts/entities/language-preset.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { LanguageModelSpecification } from '../../../contracts/language-worker.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import {
  chooseLanguagePreset,
  deleteLanguagePreset,
  getLanguagePreset,
  listLanguagePresets,
  saveLanguagePreset,
  type StoredLanguagePreset,
  type StoredLanguageSource,
} from '../../storage/language-presets.ts'
import type { EventBus } from '../event-bus.ts'
import { requireModelPath } from '../presets/model-folders.ts'
import type { BuiltInLanguageModel } from './built-in-language-model.ts'
import { checkLanguageFile, describeBuiltIn, describeStored } from './describe-preset.ts'
import { checkRemoteUrl } from './remote-url.ts'

interface PresetParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly modelFolders: readonly string[]
  readonly builtIn: BuiltInLanguageModel
}

/** A preset as it is used. */
export type UsablePreset =
  | {
      readonly kind: 'built_in' | 'gguf'
      readonly specification: LanguageModelSpecification
      readonly settings: LanguageSettings
    }
  | {
      readonly kind: 'remote'
      readonly stored: StoredLanguagePreset & { readonly source: { readonly kind: 'remote' } }
    }

/** The language models there are: the one that comes with the product and those a person added. */
export class LanguagePresets {
  readonly #parts: PresetParts

  constructor(parts: PresetParts) {
    this.#parts = parts
  }

  /** Every one, the built-in one last. */
  async list(): Promise<CapabilityOutput<'list_language_presets'>> {
    const stored = listLanguagePresets(this.#parts.database)
    const own = await Promise.all(stored.map((preset) => describeStored(preset)))
    const chosen = stored.some((preset) => preset.chosen)
    return { presets: [...own, describeBuiltIn(this.#parts.builtIn, !chosen)] }
  }

  /**
   * Adds or changes one.
   *
   * @throws ProductError `preset_read_only`, `language_url_not_allowed`, `model_path_not_allowed` or what is wrong with the file
   */
  async save(input: CheckedInput<'save_language_preset'>): Promise<LanguagePreset> {
    const { id, name, source, ...settings } = input
    this.#refuseBuiltIn(id)
    const { database } = this.#parts
    saveLanguagePreset(database, { id, name, source: await this.#check(id, source), settings }, Date.now())
    this.#tell(`The language model "${name}" was saved.`)
    return describeStored(this.#get(id))
  }

  /** @throws ProductError `preset_not_found` or `preset_read_only` */
  delete(id: string): void {
    this.#refuseBuiltIn(id)
    const { name } = this.#get(id)
    deleteLanguagePreset(this.#parts.database, id)
    this.#tell(`The language model "${name}" was removed.`)
  }

  /** @throws ProductError `preset_not_found` */
  async choose(id: string): Promise<LanguagePreset> {
    const { database, builtIn } = this.#parts
    const stored = id === builtIn.id ? null : this.#get(id)
    chooseLanguagePreset(database, stored?.id ?? null)
    this.#tell(`The assistant uses the language model "${stored?.name ?? builtIn.name}" now.`)
    return stored === null ? describeBuiltIn(builtIn, true) : describeStored(this.#get(id))
  }

  /**
   * What it takes to use a preset, its file looked at once more.
   *
   * @param id the chosen one if left out
   * @throws ProductError `preset_not_found`, or what is wrong with the file
   */
  async requireUsable(id = this.#chosen()): Promise<UsablePreset> {
    const { builtIn, modelFolders } = this.#parts
    if (id === builtIn.id) {
      await checkLanguageFile(builtIn.file)
      return { kind: 'built_in', specification: specify('built_in', builtIn), settings: builtIn.settings }
    }
    const stored = this.#get(id)
    const { source, settings } = stored
    if (source.kind === 'remote') return { kind: 'remote', stored: { ...stored, source } }
    const file = await requireModelPath(source.file, modelFolders)
    await checkLanguageFile(file)
    return { kind: 'gguf', specification: specify('gguf', { id, file, settings }), settings }
  }

  #chosen(): string {
    const chosen = listLanguagePresets(this.#parts.database).find((preset) => preset.chosen)
    return chosen?.id ?? this.#parts.builtIn.id
  }

  async #check(
    id: string,
    source: CheckedInput<'save_language_preset'>['source'],
  ): Promise<StoredLanguageSource> {
    if (source.kind === 'gguf') {
      const file = await requireModelPath(source.file, this.#parts.modelFolders)
      await checkLanguageFile(file)
      return { kind: 'gguf', file }
    }
    const url = checkRemoteUrl(source.url)
    return { kind: 'remote', url, model: source.model, api_key: this.#keyFor(id, url, source.api_key) }
  }

  /** A key that was left out stays, but only for the address it was given for: it must not be sent to another one. */
  #keyFor(id: string, url: string, given: string | null | undefined): string | null {
    if (given !== undefined) return given
    const before = getLanguagePreset(this.#parts.database, id)?.source
    return before?.kind === 'remote' && before.url === url ? before.api_key : null
  }

  #get(id: string): StoredLanguagePreset {
    const stored = getLanguagePreset(this.#parts.database, id)
    if (stored === null)
      throw new ProductError('preset_not_found', `There is no language model called "${id}".`)
    return stored
  }

  #refuseBuiltIn(id: string): void {
    if (id === this.#parts.builtIn.id) throw new ProductError('preset_read_only')
  }

  #tell(message: string): void {
    this.#parts.events.publish({ type: 'language-presets-changed', chosen: this.#chosen() }, message)
  }
}

function specify(
  kind: LanguageModelSpecification['kind'],
  preset: { readonly id: string; readonly file: string; readonly settings: LanguageSettings },
): LanguageModelSpecification {
  const { chat_template, context_tokens, threads, gpu_layers } = preset.settings
  return { name: preset.id, kind, file: preset.file, chat_template, context_tokens, threads, gpu_layers }
}
