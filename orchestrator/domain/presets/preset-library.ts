import { basename } from 'node:path'
import type { CheckedInput } from '../../../contracts/capabilities/index.ts'
import { placementSchema } from '../../../contracts/entities/engine.ts'
import {
  listModelFiles,
  type ModelFiles,
  type Preset,
  type PresetAvailability,
} from '../../../contracts/entities/preset.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { deletePreset, getPreset, listPresets, savePreset, type StoredPreset } from '../../storage/presets.ts'
import type { EventBus } from '../event-bus.ts'
import type { BuiltInModels } from './built-in-models.ts'
import { defaultsOfFamily } from './family-defaults.ts'
import { hashFile } from './file-hash.ts'
import { inspectModelFile } from './model-file.ts'
import { requireModelPath } from './model-folders.ts'

/** What the library of presets is made from. */
interface LibraryParts {
  readonly database: WritableDatabase
  readonly builtIn: BuiltInModels
  readonly events: EventBus
  readonly modelFolders: readonly string[]
}

/** A preset's files as a recipe names them. */
export type HashedFiles = { role: string; name: string; sha256: string }[]

/** The presets there are: those that come with the product and those a person made. */
export class PresetLibrary {
  readonly #parts: LibraryParts

  constructor(parts: LibraryParts) {
    this.#parts = parts
  }

  /** Every preset, built-in ones last, so that a person's own come first. */
  async list(): Promise<Preset[]> {
    const own = listPresets(this.#parts.database).map(async (stored) =>
      complete(stored, await availabilityOf(stored.files)),
    )
    return [...(await Promise.all(own)), ...this.#parts.builtIn.presets()]
  }

  /** @throws ProductError `preset_not_found` */
  async get(id: string): Promise<Preset> {
    const preset = (await this.list()).find((candidate) => candidate.id === id)
    if (preset === undefined) throw new ProductError('preset_not_found', `There is no preset called "${id}".`)
    return preset
  }

  /** The preset for a request that names none: the first one that can be used. */
  async first(): Promise<Preset> {
    const presets = await this.list()
    const preset = presets.find(({ availability }) => availability.state !== 'unavailable') ?? presets[0]
    if (preset === undefined) throw new ProductError('preset_not_found', 'There is no preset yet.')
    return preset
  }

  /**
   * Looks whether a preset's files are whole models, as far as their headers tell. A built-in model may still have to
   * be unpacked, which is no mistake of the caller.
   *
   * @throws ProductError `model_file_missing`, `model_file_truncated` or `model_file_invalid`
   */
  async requireUsable(preset: Preset): Promise<void> {
    if (preset.built_in) return
    await inspectAll(preset.files)
  }

  /**
   * Makes a preset ready for the engine: unpacks a built-in model and reads every file's checksum.
   *
   * @throws ProductError where a file is missing or wrong
   */
  async prepare(preset: Preset): Promise<HashedFiles> {
    if (preset.built_in) await this.#parts.builtIn.unpack(preset.id)
    else await this.requireUsable(preset)
    const files: HashedFiles = []
    for (const { role, path } of listModelFiles(preset.files)) {
      files.push({ role, name: basename(path), sha256: await hashFile(this.#parts.database, path) })
    }
    return files
  }

  /**
   * Saves a preset of a person's own.
   *
   * @throws ProductError `preset_read_only`, `model_path_not_allowed` or what is wrong with a file
   */
  async save(input: CheckedInput<'save_preset'>): Promise<Preset> {
    this.#refuseBuiltIn(input.id)
    const files: ModelFiles = { ...input.files }
    for (const { role, path } of listModelFiles(input.files)) {
      files[role] = await requireModelPath(path, this.#parts.modelFolders)
    }
    await inspectAll(files)
    const { family } = await inspectModelFile(files.model)
    const usual = defaultsOfFamily(family)
    const stored: StoredPreset = {
      id: input.id,
      name: input.name,
      description: input.description,
      family,
      files,
      defaults: { ...usual.defaults, ...dropUndefined(input.defaults) },
      placement: { ...placementSchema.parse({}), ...dropUndefined(input.placement) },
      max_side: input.max_side ?? usual.maxSide,
    }
    savePreset(this.#parts.database, stored, Date.now())
    this.#parts.events.publish(
      { type: 'preset-saved', preset: stored.id },
      `The preset "${stored.name}" was saved.`,
    )
    return complete(stored, await availabilityOf(files))
  }

  /** @throws ProductError `preset_not_found` or `preset_read_only` */
  delete(id: string): void {
    this.#refuseBuiltIn(id)
    const stored = getPreset(this.#parts.database, id)
    if (stored === null) throw new ProductError('preset_not_found', `There is no preset called "${id}".`)
    deletePreset(this.#parts.database, id)
    this.#parts.events.publish(
      { type: 'preset-deleted', preset: id },
      `The preset "${stored.name}" was removed.`,
    )
  }

  #refuseBuiltIn(id: string): void {
    if (this.#parts.builtIn.has(id)) throw new ProductError('preset_read_only')
  }
}

async function inspectAll(files: ModelFiles): Promise<void> {
  await Promise.all(listModelFiles(files).map(({ path }) => inspectModelFile(path)))
}

/** Looks at the files' headers, so that a list tells at once which preset would fail. */
async function availabilityOf(files: ModelFiles): Promise<PresetAvailability> {
  try {
    await inspectAll(files)
    return { state: 'ready', progress: null, problem: null }
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    return { state: 'unavailable', progress: null, problem: { code: error.code, message: error.message } }
  }
}

function complete(stored: StoredPreset, availability: PresetAvailability): Preset {
  return { ...stored, built_in: false, vocabulary: null, availability }
}

function dropUndefined<Shape extends object>(
  fields: Shape,
): { [Key in keyof Shape]: NonNullable<Shape[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
