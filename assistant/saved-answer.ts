import type { ChatMessage } from '../contracts/entities/conversation.ts'
import type { AssistantParts } from './parts.ts'

/** How much of an answer a crash may cost, in milliseconds. */
const saveAfterMs = 250

/** Stores an answer while it is being made, so that a crash leaves what was said. */
export class SavedAnswer {
  readonly #parts: Pick<AssistantParts, 'transcript' | 'onError'>
  readonly #conversation: string
  #timer: NodeJS.Timeout | null = null
  #latest: ChatMessage | null = null

  constructor(parts: Pick<AssistantParts, 'transcript' | 'onError'>, conversation: string) {
    this.#parts = parts
    this.#conversation = conversation
  }

  changed(message: ChatMessage): void {
    this.#latest = message
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      if (this.#latest !== null) this.#save(this.#latest, 'running')
    }, saveAfterMs)
  }

  /** Stores it for good. */
  end(message: ChatMessage): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#save(message, 'ended')
  }

  /** A full disk must not keep a person from the answer. */
  #save(message: ChatMessage, state: 'running' | 'ended'): void {
    try {
      this.#parts.transcript.save(this.#conversation, message, state)
    } catch (error) {
      this.#parts.onError(error, 'storing an answer')
    }
  }
}
