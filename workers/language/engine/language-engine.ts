import { isDeepStrictEqual } from 'node:util'
import type { Llama } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { LanguageModelSpecification } from '../../../contracts/language-worker.ts'
import type { Logger } from '../../runtime/logger.ts'
import { startLlama } from './llama.ts'
import { LoadedModel } from './loaded-model.ts'
import { checkModelFile } from './model-file.ts'
import { chooseThreads } from './threads.ts'

interface EngineParts {
  readonly modelFolders: readonly string[]
  readonly log: Logger
}

/** Holds at most one model. One call at a time: whoever uses it sees to that. */
export class LanguageEngine {
  readonly #parts: EngineParts
  #llama: Llama | null = null
  /** Whether the engine was started to look for a GPU, found or not. */
  #gpu = false
  #loaded: LoadedModel | null = null
  #loading = false

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  get loaded(): LoadedModel | null {
    return this.#loaded
  }

  get isLoading(): boolean {
    return this.#loading
  }

  /** Where the loaded model computes; null without one. */
  get device(): string | null {
    if (this.#loaded === null || this.#llama === null) return null
    return this.#llama.gpu === false || this.#loaded.model.gpuLayers === 0 ? 'cpu' : this.#llama.gpu
  }

  /** @throws ProductError `language_model_not_loaded`, or `language_model_unknown` where another one is loaded */
  require(name: string): LoadedModel {
    if (this.#loaded === null) throw new ProductError('language_model_not_loaded')
    if (this.#loaded.specification.name !== name) {
      throw new ProductError('language_model_unknown', undefined, {
        details: { wanted: name, loaded: this.#loaded.specification.name },
      })
    }
    return this.#loaded
  }

  /**
   * Loads a model in place of the one that is loaded; nothing where it is this very one.
   *
   * @throws ProductError `model_path_not_allowed`, `model_file_missing`, `model_file_invalid` or `language_engine_failed`
   */
  async load(specification: LanguageModelSpecification, signal: AbortSignal): Promise<void> {
    if (isDeepStrictEqual(this.#loaded?.specification, specification)) return
    const bytes = await checkModelFile(specification.file, this.#parts.modelFolders)
    this.#loading = true
    try {
      await this.unload()
      this.#llama = await this.#start(specification.gpu_layers !== 0)
      const model = await this.#llama.loadModel({
        modelPath: specification.file,
        gpuLayers: specification.gpu_layers ?? 'auto',
        loadSignal: signal,
      })
      this.#loaded = new LoadedModel(specification, model, chooseThreads(specification.threads, bytes))
    } catch (cause) {
      if (cause instanceof ProductError) throw cause
      if (signal.aborted) throw new ProductError('cancelled', undefined, { cause })
      throw new ProductError('language_engine_failed', 'The language engine cannot load this model.', {
        details: { path: specification.file },
        cause,
      })
    } finally {
      this.#loading = false
    }
  }

  /** Gives the model's memory back. */
  async unload(): Promise<void> {
    const loaded = this.#loaded
    this.#loaded = null
    await loaded?.dispose()
  }

  async #start(gpu: boolean): Promise<Llama> {
    const running = this.#llama
    if (running !== null && this.#gpu === gpu) return running
    this.#llama = null
    this.#gpu = gpu
    await running?.dispose()
    return startLlama(gpu, this.#parts.log)
  }
}
