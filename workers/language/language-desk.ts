import type { LanguageStatistics } from '../../contracts/entities/language.ts'
import type { LanguageModelSpecification } from '../../contracts/language-worker.ts'
import type { LanguageEngine } from './engine/language-engine.ts'
import type { Turns } from './engine/turns.ts'
import { answerWithModel } from './gguf/answer.ts'
import type { Answer, AnswerListener } from './openai/answer.ts'
import type { ChatRequest } from './openai/chat-request.ts'
import { answerWithSketch } from './sketch/answer.ts'

/** Takes requests, gives each its turn with the model, and counts what was read and written. */
export class LanguageDesk {
  readonly #engine: LanguageEngine
  readonly #turns: Turns
  #requests = 0
  #promptTokens = 0
  #completionTokens = 0

  constructor(engine: LanguageEngine, turns: Turns) {
    this.#engine = engine
    this.#turns = turns
  }

  get statistics(): LanguageStatistics {
    const held = this.#engine.loaded?.contextHeld ?? null
    return {
      context_tokens: held?.tokens ?? null,
      context_bytes: held?.bytes ?? 0,
      device: this.#engine.device,
      waiting: this.#turns.waiting,
      requests: this.#requests,
      prompt_tokens: this.#promptTokens,
      completion_tokens: this.#completionTokens,
    }
  }

  /**
   * Answers one request when its turn has come.
   *
   * @throws ProductError `language_model_not_loaded`, `language_model_unknown`, `language_context_exceeded`,
   * `language_model_incapable`, `language_engine_failed`, `cancelled` or `shutting_down`
   */
  async answer(request: ChatRequest, listener: AnswerListener, gone: AbortSignal): Promise<Answer> {
    return this.#turns.take(gone, async (signal) => {
      const loaded = this.#engine.require(request.model)
      const answerWith = loaded.specification.kind === 'built_in' ? answerWithSketch : answerWithModel
      const answer = await answerWith(loaded, request, listener, signal)
      this.#count(answer.usage.promptTokens, answer.usage.completionTokens)
      return answer
    })
  }

  /** @throws ProductError as `answer` does */
  async embed(name: string, texts: readonly string[]): Promise<{ vectors: number[][]; tokens: number }> {
    return this.#turns.take(null, async () => {
      const made = await this.#engine.require(name).embed(texts)
      this.#count(made.tokens, 0)
      return made
    })
  }

  async load(specification: LanguageModelSpecification): Promise<void> {
    await this.#turns.take(null, (signal) => this.#engine.load(specification, signal))
  }

  async unload(): Promise<void> {
    await this.#turns.take(null, () => this.#engine.unload())
  }

  /** Gives the context up between two requests; the next one reads its transcript again. True where there was one. */
  async purgeContext(): Promise<boolean> {
    return this.#turns.take(null, async () => (await this.#engine.loaded?.purge()) ?? false)
  }

  #count(promptTokens: number, completionTokens: number): void {
    this.#requests += 1
    this.#promptTokens += promptTokens
    this.#completionTokens += completionTokens
  }
}
