import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { LanguageModelSpecification } from '../../../contracts/language-worker.ts'

/** The context as it is held: what the model has read and would otherwise have to read again. */
interface HeldContext {
  readonly context: LlamaContext
  readonly sequence: LlamaContextSequence
  /** What it takes in memory, as the engine reckons. */
  readonly bytes: number
}

/** A model in memory. Its context comes with the first request and may go and come again at any time. */
export class LoadedModel {
  readonly specification: LanguageModelSpecification
  readonly model: LlamaModel
  readonly #threads: number
  #held: HeldContext | null = null

  constructor(specification: LanguageModelSpecification, model: LlamaModel, threads: number) {
    this.specification = specification
    this.model = model
    this.#threads = threads
  }

  get bytes(): number {
    return this.model.size
  }

  get contextTokens(): number {
    return Math.min(this.specification.context_tokens, this.model.trainContextSize)
  }

  get contextHeld(): { tokens: number; bytes: number } | null {
    return this.#held === null ? null : { tokens: this.#held.context.contextSize, bytes: this.#held.bytes }
  }

  /**
   * The one sequence that is written into, in a context made for it where there is none.
   *
   * @throws ProductError `language_engine_failed` where there is not enough memory for the context
   */
  async sequence(): Promise<LlamaContextSequence> {
    if (this.#held !== null) return this.#held.sequence
    try {
      const contextSize = this.contextTokens
      const context = await this.model.createContext({ contextSize, threads: this.#threads, sequences: 1 })
      const need = await this.model.fileInsights.estimateContextResourceRequirementsV2({
        contextSize: context.contextSize,
        modelGpuLayers: this.model.gpuLayers,
      })
      this.#held = { context, sequence: context.getSequence(), bytes: need.cpuRam + need.gpuVram }
      return this.#held.sequence
    } catch (cause) {
      const summary = `There is no room for a context of ${this.contextTokens} tokens.`
      throw new ProductError('language_engine_failed', summary, { cause })
    }
  }

  /** Makes vectors from texts, in a context of its own that is given up afterwards. */
  async embed(texts: readonly string[]): Promise<{ vectors: number[][]; tokens: number }> {
    const context = await this.model.createEmbeddingContext({
      contextSize: this.contextTokens,
      threads: this.#threads,
    })
    try {
      const vectors: number[][] = []
      let tokens = 0
      for (const text of texts) {
        const read = this.model.tokenize(text)
        if (read.length > this.contextTokens) throw new ProductError('language_context_exceeded')
        tokens += read.length
        vectors.push([...(await context.getEmbeddingFor(read)).vector])
      }
      return { vectors, tokens }
    } finally {
      await context.dispose()
    }
  }

  /** Gives the context up; the weights stay. True where there was one. */
  async purge(): Promise<boolean> {
    const held = this.#held
    this.#held = null
    await held?.context.dispose()
    return held !== null
  }

  /** Gives everything back. */
  async dispose(): Promise<void> {
    await this.purge()
    await this.model.dispose()
  }
}
