import { setImmediate } from 'node:timers/promises'
import { readUIMessageStream, type InferUIMessageChunk, type UIMessage } from 'ai'
import type { ChatData, ChatMessage, MessageMetadata } from '../contracts/entities/conversation.ts'

/** A chunk of the AI SDK's UI message stream, with our data. */
export type Chunk = InferUIMessageChunk<UIMessage<MessageMetadata, ChatData>>

/** How often something is said on a stream on which nothing happens, so that nobody takes it for dead. */
const keepAliveMs = 15_000

/** The stream of one turn: kept from its beginning, so that who comes late or comes again gets all of it. */
export class TurnStream {
  readonly #lines: string[] = []
  readonly #readers = new Set<ReadableStreamDefaultController<string>>()
  readonly #assembling: WritableStreamDefaultWriter<Chunk>
  readonly #assembled: Promise<void>
  #message: ChatMessage
  #isOver = false
  /** Texts that have begun and not ended. */
  readonly openTexts = new Set<string>()

  /**
   * @param message the answer as it was when the turn began
   * @param onChange told whenever the answer became another one
   */
  constructor(message: ChatMessage, onChange: (message: ChatMessage) => void) {
    this.#message = message
    const { readable, writable } = new TransformStream<Chunk, Chunk>()
    this.#assembling = writable.getWriter()
    const start = structuredClone(message) as UIMessage<MessageMetadata, ChatData>
    this.#assembled = this.#assemble(readUIMessageStream({ message: start, stream: readable }), onChange)
  }

  /** The answer as far as it is. */
  get message(): ChatMessage {
    return this.#message
  }

  write(chunk: Chunk): void {
    this.#send(`data: ${JSON.stringify(chunk)}\n\n`)
    if (chunk.type === 'text-start') this.openTexts.add(chunk.id)
    if (chunk.type === 'text-end') this.openTexts.delete(chunk.id)
    void this.#assembling.write(chunk)
  }

  /** Resolves once everything written so far is in `message`. */
  async settled(): Promise<void> {
    // The answer is put together in promises that wait for nothing outside; all of them come before this.
    await setImmediate()
  }

  /**
   * Ends the stream.
   *
   * @param complete called once the answer is complete, before those who read learn that it is
   */
  async end(complete: () => void): Promise<void> {
    await this.#assembling.close()
    await this.#assembled
    complete()
    this.#isOver = true
    this.#send('data: [DONE]\n\n')
    for (const reader of this.#readers) reader.close()
    this.#readers.clear()
  }

  /** Everything from the beginning, and then what comes. Whoever stops reading is forgotten. */
  read(): ReadableStream<string> {
    let reader: ReadableStreamDefaultController<string>
    let timer: NodeJS.Timeout
    return new ReadableStream<string>({
      start: (controller) => {
        reader = controller
        for (const line of this.#lines) controller.enqueue(line)
        if (this.#isOver) return controller.close()
        this.#readers.add(controller)
        timer = setInterval(() => {
          if (this.#readers.has(controller)) controller.enqueue(': still here\n\n')
          else clearInterval(timer)
        }, keepAliveMs)
        timer.unref()
      },
      cancel: () => {
        clearInterval(timer)
        this.#readers.delete(reader)
      },
    })
  }

  #send(line: string): void {
    this.#lines.push(line)
    for (const reader of this.#readers) reader.enqueue(line)
  }

  async #assemble(states: AsyncIterable<UIMessage>, onChange: (message: ChatMessage) => void): Promise<void> {
    for await (const state of states) {
      this.#message = state as ChatMessage
      onChange(this.#message)
    }
  }
}
