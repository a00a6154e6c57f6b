import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  readUIMessageStream,
  parseJsonEventStream,
  uiMessageChunkSchema,
  type UIMessage,
  type UIMessageChunk,
} from 'ai'
import {
  chatMessageSchema,
  toolOutputSchema,
  type ChatMessage,
  type ToolOutput,
} from '../../contracts/entities/conversation.ts'
import type { LanguageEndpoint } from '../../contracts/language.ts'
import { startProduct, type RunningProduct, type StartOptions } from '../../orchestrator/main.ts'
import type { ScriptedModel } from '../fixtures/language/scripted-model.ts'

/** The product in this very process, with a language model of the test's own. */
export interface ChatProduct extends RunningProduct {
  request(path: string, init?: RequestInit): Promise<Response>
  /** Says something and waits for the whole answer. */
  say(conversation: string, text: string, id?: string): Promise<ChatMessage>
  /** Sends any request for a turn and gives its stream as it comes. */
  send(body: object): Promise<Response>
  messages(conversation: string): Promise<ChatMessage[]>
}

/** Where a scripted model answers, as the language part of the product would tell. */
export function endpointOf(model: ScriptedModel, changes: Partial<LanguageEndpoint> = {}): LanguageEndpoint {
  return {
    baseUrl: model.baseUrl,
    fetch,
    model: 'scripted',
    kind: 'built_in',
    contextTokens: 8192,
    maxOutputTokens: 512,
    ...changes,
  }
}

/** Starts the product in this process. */
export async function startChatProduct(
  dataFolder: string,
  language: () => LanguageEndpoint,
  overrides: StartOptions['overrides'] = {},
): Promise<ChatProduct> {
  const product = await startProduct({
    dataFolder: join(dataFolder),
    overrides: { port: 0, log_level: 'error', ...overrides },
    language: () => Promise.resolve(language()),
  })
  const request = (path: string, init: RequestInit = {}) =>
    fetch(product.url + path, {
      ...init,
      headers: {
        authorization: `Bearer ${product.token}`,
        'content-type': 'application/json',
        ...(init.headers as object),
      },
    })
  const send = (body: object) => request('/api/chat', { method: 'POST', body: JSON.stringify(body) })
  return {
    ...product,
    request,
    send,
    say: async (conversation, text, id = randomUUID()) =>
      readAnswer(
        await send({ id: conversation, message: { id, role: 'user', parts: [{ type: 'text', text }] } }),
      ),
    messages: async (conversation) => (await product.invoke('get_conversation', { conversation })).messages,
  }
}

/** Reads a turn's stream to its end; the answer as a client of the AI SDK puts it together. */
export async function readAnswer(response: Response, before?: ChatMessage): Promise<ChatMessage> {
  let answer: UIMessage | undefined
  const options = before === undefined ? {} : { message: before as UIMessage }
  for await (const state of readUIMessageStream({
    ...options,
    stream: chunksOf(response),
    terminateOnError: true,
  }))
    answer = state
  return chatMessageSchema.parse(answer)
}

/** The chunks of a turn's stream. */
export function chunksOf(response: Response): ReadableStream<UIMessageChunk> {
  if (!response.ok || response.body === null) throw new Error(`The product answered ${response.status}.`)
  return parseJsonEventStream({ stream: response.body, schema: uiMessageChunkSchema }).pipeThrough(
    new TransformStream({
      transform: (read, controller) => {
        if (!read.success) throw read.error
        controller.enqueue(read.value)
      },
    }),
  )
}

/** What came of the calls of an answer. */
export function outputsOf(message: ChatMessage): ToolOutput[] {
  return message.parts.flatMap((part) =>
    part.type === 'dynamic-tool' && part.output !== undefined ? [toolOutputSchema.parse(part.output)] : [],
  )
}

/** The codes of the failed calls of an answer. */
export function failuresOf(message: ChatMessage): string[] {
  return outputsOf(message).flatMap((output) => (output.ok ? [] : [output.error.code]))
}

/** The codes of what a person is told beside the answer. */
export function noticesOf(message: ChatMessage): string[] {
  return message.parts.flatMap((part) => (part.type === 'data-notice' ? [part.data.code] : []))
}

/** What the assistant said. */
export function wordsOf(message: ChatMessage): string {
  return message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
}
