import { randomUUID } from 'node:crypto'

/** A call of a tool as the model wants it. */
export interface ToolCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>>
}

/** Tokens read for an answer and written in it. */
export interface Usage {
  readonly promptTokens: number
  readonly completionTokens: number
}

/** What a model answers to one request. */
export interface Answer {
  readonly text: string
  readonly toolCalls: readonly ToolCall[]
  /** `length` where the answer was cut off at the most tokens it may have. */
  readonly finish: 'stop' | 'length' | 'tool_calls'
  readonly usage: Usage
}

/** Told while an answer comes. */
export interface AnswerListener {
  /** The request can be answered, and its turn has come. */
  begin(): void
  /** More of the text; all of them together are the text of the answer. */
  text(delta: string): void
}

/** Writes answers to one request in the wire format, with one id throughout. */
export class AnswerWriter {
  readonly #id = `chatcmpl-${randomUUID()}`
  readonly #created = Math.floor(Date.now() / 1000)
  readonly #model: string

  constructor(model: string) {
    this.#model = model
  }

  /** The whole answer in one reply. */
  completion({ text, toolCalls, finish, usage }: Answer): object {
    const calls = toolCalls.length === 0 ? {} : { tool_calls: writeCalls(toolCalls) }
    const content = text === '' && toolCalls.length > 0 ? null : text
    return {
      ...this.#head('chat.completion'),
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, ...calls },
          logprobs: null,
          finish_reason: finish,
        },
      ],
      usage: writeUsage(usage),
    }
  }

  /** The first piece of a stream. */
  opening(): object {
    return this.#chunk({ role: 'assistant', content: '' }, null)
  }

  text(delta: string): object {
    return this.#chunk({ content: delta }, null)
  }

  /** The end of a stream: calls, the reason why it ended, and the usage where it was asked for. */
  *closing({ toolCalls, finish, usage }: Answer, withUsage: boolean): Generator<object> {
    for (const [index, call] of writeCalls(toolCalls).entries())
      yield this.#chunk({ tool_calls: [{ index, ...call }] }, null)
    yield this.#chunk({}, finish)
    if (withUsage) yield { ...this.#head('chat.completion.chunk'), choices: [], usage: writeUsage(usage) }
  }

  #chunk(delta: object, finish: string | null): object {
    return {
      ...this.#head('chat.completion.chunk'),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    }
  }

  #head(object: string): object {
    return { id: this.#id, object, created: this.#created, model: this.#model }
  }
}

function writeCalls(calls: readonly ToolCall[]) {
  return calls.map((call) => ({
    id: `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }))
}

/** The figures of a request as clients read them. */
export function writeUsage({ promptTokens, completionTokens }: Usage): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}
