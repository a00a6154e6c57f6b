import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText, toUIMessageChunk, type LanguageModel, type ToolSet } from 'ai'
import { picturesOf } from '../contracts/chat-pictures.ts'
import type {
  ChatData,
  ChatMessage,
  MessageMetadata,
  ToolOutput,
  TurnFinish,
} from '../contracts/entities/conversation.ts'
import { ProductError, toErrorBody, type ErrorBody } from '../contracts/errors.ts'
import type { LanguageEndpoint } from '../contracts/language.ts'
import { closingOf } from './closing.ts'
import { answerCut, callRefused, finishOf, picturesLeft, turnEnded } from './guards/notices.ts'
import { TurnGuard } from './guards/turn-guard.ts'
import { countTokens } from './memory/count-tokens.ts'
import { prepareHistory } from './memory/prepare-history.ts'
import { invalidCall, modelFailure } from './model-failure.ts'
import type { AssistantParts } from './parts.ts'
import { SavedAnswer } from './saved-answer.ts'
import { makeTools, needsYes } from './tools/make-tools.ts'
import { runCall } from './tools/run-call.ts'
import { connectTools, type ToolConnection } from './tools/tool-connection.ts'
import { PictureWatch } from './tools/watch-pictures.ts'
import { TurnStream, type Chunk } from './turn-stream.ts'

/** What a turn is begun with. */
export interface TurnStart {
  readonly conversation: string
  /** What was said before the answer, oldest first. */
  readonly history: readonly ChatMessage[]
  /** The answer: empty, or with a call in it that a person has allowed or refused. */
  readonly answer: ChatMessage
  /** The last picture the person attached. */
  readonly attached: string | null
  /** Told as the answer is complete and stored. */
  readonly onEnded: (finish: TurnFinish) => void
  /** Told of the model that answers, once the answer is complete. */
  readonly onAnswered: (
    endpoint: LanguageEndpoint,
    model: LanguageModel,
    signal: AbortSignal,
  ) => Promise<void>
}

/** Fewer tokens than these are no answer. */
const leastTokens = 16

/** One turn: what follows one message of a person. It runs by itself, whoever listens. */
export class Turn {
  readonly stream: TurnStream
  readonly #parts: AssistantParts
  readonly #start: TurnStart
  readonly #guard: TurnGuard
  readonly #over = new AbortController()
  readonly #saved: SavedAnswer
  readonly #watch: PictureWatch
  readonly #notices: ChatData['notice'][] = []
  /** The calls there are, with what came of them once that is known. */
  readonly #calls = new Map<string, Promise<ToolOutput>>()
  readonly #made: string[] = []
  #metadata: MessageMetadata
  #error: ErrorBody | null = null
  #wroteTokens = 0

  constructor(parts: AssistantParts, start: TurnStart) {
    this.#parts = parts
    this.#start = start
    this.#metadata = start.answer.metadata
    this.#guard = new TurnGuard(parts.limits)
    this.#watch = new PictureWatch(parts.subscribe)
    this.#saved = new SavedAnswer(parts, start.conversation)
    this.stream = new TurnStream(start.answer, (message) => this.#saved.changed(message))
  }

  /** Ends it before its time: `turn_stopped` by a person, `turn_interrupted` by the end of the program. */
  stop(code: 'turn_stopped' | 'turn_interrupted'): void {
    this.#over.abort(new ProductError(code))
  }

  /** Carries it out; never throws. */
  async run(): Promise<void> {
    const { limits, openTools, version, onError } = this.#parts
    const late = () => this.#over.abort(new ProductError('turn_time_limit'))
    const timer = setTimeout(late, limits.turn_seconds * 1000)
    this.#write({ type: 'start', messageId: this.#start.answer.id, messageMetadata: this.#metadata })
    let connection: ToolConnection | null = null
    let chosen: { endpoint: LanguageEndpoint; model: LanguageModel } | null = null
    try {
      chosen = await this.#chooseModel()
      connection = await connectTools(await openTools(), version)
      await this.#answer(chosen.endpoint, chosen.model, connection)
    } catch (thrown) {
      this.#error ??= modelFailure(thrown, this.#metadata.request_id)
    }
    clearTimeout(timer)
    await Promise.allSettled(this.#calls.values())
    if (this.#over.signal.aborted)
      this.#error = toErrorBody(this.#over.signal.reason, this.#metadata.request_id)
    await this.#leavePictures(connection)
    this.#watch.close()
    await connection?.close().catch((error: unknown) => onError(error, 'closing the tools'))
    await this.#finish()
    if (chosen !== null && this.#error === null)
      await this.#start.onAnswered(chosen.endpoint, chosen.model, this.#over.signal)
  }

  async #chooseModel(): Promise<{ endpoint: LanguageEndpoint; model: LanguageModel }> {
    const endpoint = await this.#parts.endpoint(this.#over.signal)
    this.#metadata = { ...this.#metadata, model: endpoint.model }
    this.#write({ type: 'message-metadata', messageMetadata: this.#metadata })
    const { baseUrl: baseURL, fetch } = endpoint
    const provider = createOpenAICompatible({ name: 'language', baseURL, fetch, includeUsage: true })
    return { endpoint, model: provider.chatModel(endpoint.model) }
  }

  async #answer(endpoint: LanguageEndpoint, model: LanguageModel, connection: ToolConnection): Promise<void> {
    const { limits } = this.#parts
    const { history, answer } = this.#start
    const pictures = () => picturesOf([...history, this.stream.message])
    const tools = makeTools({
      tools: connection.tools,
      run: (tool, callId, input) => this.#call(connection, pictures, tool, callId, input),
      numberOf: (id) => pictures().indexOf(id) + 1 || null,
      resultTokens: limits.tool_result_tokens,
    })
    const { instructions, messages, notice } = await prepareHistory(this.#parts, {
      endpoint,
      history: answer.parts.length > 0 ? [...history, answer] : history,
      tools,
      descriptions: connection.tools,
    })
    if (notice !== null) this.#notices.push(notice)
    const left = () => limits.output_tokens_per_turn - this.#wroteTokens
    const result = streamText({
      model,
      instructions,
      messages,
      tools,
      toolCallConcurrency: 1,
      toolApproval: ({ toolCall }) => (needsYes(toolCall.toolName) ? 'user-approval' : undefined),
      maxOutputTokens: Math.min(endpoint.maxOutputTokens, limits.output_tokens_per_turn),
      maxRetries: 1,
      abortSignal: this.#over.signal,
      prepareStep: () => (this.#guard.mustAnswer ? { toolChoice: 'none' } : {}),
      stopWhen: () => this.#guard.isOver || left() < leastTokens,
      onStepEnd: ({ usage, text, toolCalls, finishReason }) => {
        this.#wroteTokens += usage.outputTokens ?? countTokens(text + JSON.stringify(toolCalls))
        if (finishReason === 'length') this.#notices.push(answerCut)
        if (finishReason === 'tool-calls' && left() < leastTokens) this.#failWith('turn_output_limit')
      },
      // It is told in the answer.
      onError: () => undefined,
    })
    await this.#forward(result.stream, tools)
    if (this.#guard.isOver) this.#error ??= this.#guard.lastRefusal
    if (!this.stream.message.parts.some(({ type }) => type === 'text' || type === 'dynamic-tool'))
      this.#failWith('language_model_failed', 'The language model said nothing.')
  }

  async #forward(stream: ReturnType<typeof streamText>['stream'], tools: ToolSet): Promise<void> {
    const requestId = this.#metadata.request_id
    for await (const part of stream) {
      if (part.type === 'abort') continue
      if (part.type === 'error') {
        this.#error = modelFailure(part.error, requestId)
        continue
      }
      let told: string | null = null
      if (part.type === 'tool-call' && part.invalid === true) {
        const error = toErrorBody(invalidCall(part.toolName, part.error), requestId)
        told = `${error.code}: ${error.message}`
        this.#guard.refused(error)
        this.#tellRefusal(part.toolName, error)
      }
      const options = { tools, sendStart: false, sendFinish: false, onError: () => told ?? 'internal_error' }
      const chunk = toUIMessageChunk(part, options)
      if (chunk !== undefined) this.#write(chunk as Chunk)
      // What is written is read in turn: the guards ask what the answer holds so far.
      await this.stream.settled()
    }
  }

  #call(
    connection: ToolConnection,
    pictures: () => readonly string[],
    tool: string,
    callId: string,
    input: unknown,
  ): Promise<ToolOutput> {
    const call = runCall(
      {
        connection,
        pictures,
        guard: this.#guard,
        watch: this.#watch,
        signal: this.#over.signal,
        attached: this.#start.attached,
        requestId: this.#metadata.request_id,
        onRefused: (refused, error) => this.#tellRefusal(refused, error),
        onPictures: (id, generations) => {
          this.#made.push(...generations)
          const data = { tool_call_id: id, generations: [...generations], message: 'Making pictures' }
          this.#write({ type: 'data-progress', id, data })
        },
      },
      tool,
      callId,
      input,
    )
    this.#calls.set(callId, call)
    return call
  }

  #tellRefusal(tool: string, error: ErrorBody): void {
    this.#notices.push(callRefused(tool, error))
    this.#parts.publish(
      { type: 'agent-refused', client: 'assistant', tool, error },
      `The assistant was refused ${tool}: ${error.message}`,
    )
  }

  #failWith(code: 'turn_output_limit' | 'language_model_failed', summary?: string): void {
    this.#error ??= toErrorBody(new ProductError(code, summary), this.#metadata.request_id)
  }

  /** A person who stops a turn wants no pictures of it; whatever else ends it early leaves them to be made. */
  async #leavePictures(connection: ToolConnection | null): Promise<void> {
    const unfinished = this.#watch.unfinished(this.#made)
    if (connection === null || unfinished.length === 0) return
    if (this.#error?.code !== 'turn_stopped')
      return void this.#notices.push(...picturesLeft(0, unfinished.length))
    const ends = await Promise.all(
      unfinished.map((generation) => connection.call('cancel_generation', { generation })),
    )
    const cancelled = ends.filter(({ ok }) => ok).length
    this.#notices.push(...picturesLeft(cancelled, ends.length - cancelled))
  }

  async #finish(): Promise<void> {
    await this.#closeParts()
    const finish = finishOf(this.#error)
    const ended = turnEnded(finish, this.#error)
    const closing = this.#error === null ? closingOf(this.stream.message) : { notices: [], suggestions: [] }
    for (const data of [...this.#notices, ...closing.notices, ...(ended === null ? [] : [ended])])
      this.#write({ type: 'data-notice', data })
    const { suggestions } = closing
    if (suggestions.length > 0)
      this.#write({ type: 'data-suggestions', data: { suggestions: [...suggestions] } })
    const error = this.#error === null ? {} : { error: this.#error }
    this.#write({ type: 'finish', messageMetadata: { ...this.#metadata, finish, ...error } })
    await this.stream.end(() => {
      this.#saved.end(this.stream.message)
      this.#start.onEnded(finish)
    })
  }

  /** Ends what the stream of the model left open as it broke off. */
  async #closeParts(): Promise<void> {
    await this.stream.settled()
    for (const id of this.stream.openTexts) this.#write({ type: 'text-end', id })
    const open = this.stream.message.parts.filter((part) => part.type === 'dynamic-tool')
    for (const { toolCallId, toolName, state, input } of open) {
      if (!state.startsWith('input-') && state !== 'approval-responded') continue
      const output = (await this.#calls.get(toolCallId)) ?? { ok: false, error: this.#error }
      this.#write({ type: 'tool-input-available', toolCallId, toolName, input: input ?? {}, dynamic: true })
      this.#write({ type: 'tool-output-available', toolCallId, output, dynamic: true })
    }
  }

  #write(chunk: Chunk): void {
    this.stream.write(chunk)
  }
}
