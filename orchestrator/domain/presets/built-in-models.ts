import { statSync } from 'node:fs'
import { join } from 'node:path'
import { placementSchema } from '../../../contracts/entities/engine.ts'
import type { Preset, PresetAvailability } from '../../../contracts/entities/preset.ts'
import { ProductError, toErrorBody } from '../../../contracts/errors.ts'
import type { EventBus } from '../event-bus.ts'
import type { BuiltInModel } from './manifest.ts'
import { unpackModel } from './unpack-model.ts'

/** Progress is told in steps of this share, so that unpacking does not flood the event stream. */
const progressStep = 0.05

/** The models that come with the product. Each is unpacked once, when the product starts or a picture first needs it. */
export class BuiltInModels {
  readonly #models: ReadonlyMap<string, BuiltInModel>
  readonly #folder: string
  readonly #events: EventBus
  readonly #unpacking = new Map<string, Promise<void>>()
  readonly #progress = new Map<string, number>()
  readonly #problems = new Map<string, ProductError>()

  /** @param folder where models are unpacked to */
  constructor(models: readonly BuiltInModel[], folder: string, events: EventBus) {
    this.#models = new Map(models.map((model) => [model.id, model]))
    this.#folder = folder
    this.#events = events
  }

  has(id: string): boolean {
    return this.#models.has(id)
  }

  /** The presets of the models, with how far each is. */
  presets(): Preset[] {
    return [...this.#models.values()].map((model) => ({
      id: model.id,
      name: model.name,
      description: model.description,
      built_in: true,
      family: model.family,
      files: { model: this.#path(model) },
      defaults: model.defaults,
      placement: placementSchema.parse({}),
      max_side: model.max_side,
      vocabulary: model.vocabulary,
      availability: this.#availability(model),
    }))
  }

  /** Starts to unpack what is not unpacked yet; whoever needs a model waits for it with `unpack`. */
  unpackAll(): void {
    for (const id of this.#models.keys()) void this.unpack(id).catch(() => undefined)
  }

  /**
   * Waits until a model is unpacked, and starts that where nobody has. A failure is forgotten: the next call tries again.
   *
   * @throws ProductError `disk_full` or `model_unpack_failed`
   */
  async unpack(id: string): Promise<void> {
    const model = this.#models.get(id)
    if (model === undefined) throw new ProductError('preset_not_found')
    if (this.#isUnpacked(model)) return
    const running = this.#unpacking.get(id) ?? this.#unpack(model)
    this.#unpacking.set(id, running)
    await running.finally(() => this.#unpacking.delete(id))
  }

  async #unpack(model: BuiltInModel): Promise<void> {
    this.#problems.delete(model.id)
    try {
      await unpackModel(model, this.#folder, (share) => this.#tellProgress(model, share))
      this.#events.publish({ type: 'model-ready', preset: model.id }, `The model ${model.name} is ready.`)
    } catch (error) {
      const problem =
        error instanceof ProductError
          ? error
          : new ProductError('model_unpack_failed', undefined, { cause: error })
      this.#problems.set(model.id, problem)
      this.#events.publish(
        { type: 'model-failed', preset: model.id, error: toErrorBody(problem, null) },
        problem.message,
      )
      throw problem
    } finally {
      this.#progress.delete(model.id)
    }
  }

  #tellProgress(model: BuiltInModel, share: number): void {
    const told = this.#progress.get(model.id)
    if (told !== undefined && share - told < progressStep && share < 1) return
    this.#progress.set(model.id, share)
    const message = `Unpacking ${model.name}: ${Math.round(share * 100)}%.`
    this.#events.publish({ type: 'model-preparing', preset: model.id, progress: share }, message)
  }

  #availability(model: BuiltInModel): PresetAvailability {
    if (this.#isUnpacked(model)) return { state: 'ready', progress: null, problem: null }
    const problem = this.#problems.get(model.id)
    if (problem === undefined)
      return { state: 'preparing', progress: this.#progress.get(model.id) ?? 0, problem: null }
    return { state: 'unavailable', progress: null, problem: { code: problem.code, message: problem.message } }
  }

  #isUnpacked(model: BuiltInModel): boolean {
    return statSync(this.#path(model), { throwIfNoEntry: false })?.size === model.unpacked.bytes
  }

  #path(model: BuiltInModel): string {
    return join(this.#folder, model.unpacked.file)
  }
}
