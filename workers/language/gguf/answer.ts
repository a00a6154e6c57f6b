import { LlamaChat, type ChatWrapper, type LlamaContextSequence } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { LoadedModel } from '../engine/loaded-model.ts'
import type { Answer, AnswerListener } from '../openai/answer.ts'
import { allowedTools, mustCall, type ChatRequest } from '../openai/chat-request.ts'
import { toChatHistory } from './chat-history.ts'
import { chooseChatWrapper } from './chat-wrapper.ts'
import { generationOptions, readFinish, type Conversation, type Written } from './conversation.ts'
import { checkedCalls, toFunctions, type Functions } from './functions.ts'
import { writeJson } from './json-answer.ts'
import { fitInto } from './room.ts'

/** Where the first try of a call was at temperature 0, another one needs some chance to come out differently. */
const secondTryTemperature = 0.7

/** Answers with a model people brought, through its own chat template. */
export async function answerWithModel(
  loaded: LoadedModel,
  request: ChatRequest,
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<Answer> {
  const chatWrapper = chooseChatWrapper(loaded.model, loaded.specification.chat_template)
  const history = toChatHistory(request.messages)
  const sequence = await loaded.sequence()
  const chat = new LlamaChat({ contextSequence: sequence, chatWrapper })
  const conversation = { loaded, chat, request, history, listener, signal }
  try {
    return await counted(sequence, () => write(conversation, chatWrapper))
  } catch (cause) {
    throw translate(cause, signal)
  } finally {
    chat.dispose({ disposeSequence: false })
  }
}

function write(conversation: Conversation, chatWrapper: ChatWrapper): Promise<Written> {
  const { request } = conversation
  if (request.response_format.type !== 'text' || mustCall(request))
    return writeJson(conversation, chatWrapper)
  return writeFreely(conversation, chatWrapper, toFunctions(allowedTools(request)))
}

/** Text, calls, or both, as the model likes. Calls are decoded under a grammar made from the tools' schemas. */
async function writeFreely(
  { loaded, chat, request, history, listener, signal }: Conversation,
  chatWrapper: ChatWrapper,
  functions: Functions | null,
): Promise<Written> {
  const room = fitInto(loaded, chatWrapper, { history, functions })
  listener.begin()
  let told = false
  const generate = (temperature: number) =>
    chat.generateResponse(history, {
      ...generationOptions(request, room, signal),
      temperature,
      ...(functions === null
        ? {}
        : { functions: functions.described, documentFunctionParams: true, maxParallelFunctionCalls: 1 }),
      onTextChunk: (text) => {
        told ||= text !== ''
        listener.text(text)
      },
    })
  let made = await generate(request.temperature ?? 0)
  let checked = checkedCalls(made.functionCalls ?? [], functions)
  if (!checked.valid && !told) {
    made = await generate(Math.max(request.temperature ?? 0, secondTryTemperature))
    checked = checkedCalls(made.functionCalls ?? [], functions)
  }
  return { text: made.response, toolCalls: checked.calls, finish: readFinish(made, checked.calls) }
}

/** Counts what the sequence read and wrote meanwhile. */
async function counted(sequence: LlamaContextSequence, work: () => Promise<Written>): Promise<Answer> {
  const before = sequence.tokenMeter.getState()
  const written = await work()
  const used = sequence.tokenMeter.diff(before)
  return {
    ...written,
    usage: { promptTokens: used.usedInputTokens, completionTokens: used.usedOutputTokens },
  }
}

function translate(cause: unknown, signal: AbortSignal): unknown {
  if (cause instanceof ProductError) return cause
  if (signal.aborted) return new ProductError('cancelled', undefined, { cause })
  return new ProductError('language_engine_failed', undefined, { cause })
}
