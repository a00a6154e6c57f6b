import { ProductError } from '../../../contracts/errors.ts'
import type { LoadedModel } from '../engine/loaded-model.ts'
import type { Answer, AnswerListener, ToolCall } from '../openai/answer.ts'
import { allowedTools, mustCall, type ChatRequest } from '../openai/chat-request.ts'
import { assetsOf } from './assets.ts'
import { weighChoices } from './decide.ts'
import { fillCall, generateInStyle } from './fill-call.ts'
import { findKnownTools, type Choice, type KnownTool } from './known-tools.ts'
import { writePrompt } from './prompt.ts'
import { combineChances, route } from './router.ts'
import { readTranscript, type Transcript } from './transcript.ts'
import { longestAnswer, writeCall, writeReply, type Pen } from './write.ts'

const tooLong = 'That is more than I can read at once. Please say it in fewer words.'
const notClear = 'What should the picture show?'

/**
 * Answers with the built-in model: it chooses between its tools and a reply, and its call is completed from the transcript.
 * Tools it was not taught are never called; where none of its own is offered, it replies.
 *
 * @throws ProductError `language_model_incapable` where data of a schema is wanted, `cancelled`, `language_engine_failed`
 */
export async function answerWithSketch(
  loaded: LoadedModel,
  request: ChatRequest,
  listener: AnswerListener,
  signal: AbortSignal,
): Promise<Answer> {
  if (request.response_format.type !== 'text') {
    const summary = 'The built-in language model cannot write data of a schema.'
    throw new ProductError('language_model_incapable', summary)
  }
  const transcript = readTranscript(request.messages)
  const tools = findKnownTools(allowedTools(request))
  const prompt = writePrompt(loaded.model, transcript)
  const promptTokens = prompt.length
  listener.begin()
  if (promptTokens + longestAnswer > loaded.contextTokens) return speak(tooLong, listener, promptTokens)
  const inStyle = followStyle(transcript, tools)
  if (inStyle !== null) return callTool(inStyle, promptTokens, 0)
  const pen: Pen = { loaded, sequence: await loaded.sequence(), prompt, listener, signal, written: 0 }
  try {
    // In the middle of a turn the model was taught to speak, except after a style, which was seen to above.
    const choice = await choose(pen, transcript, transcript.since.length > 0 ? [] : tools, mustCall(request))
    const tool = tools.find(({ name }) => name === choice)
    if (tool === undefined) {
      const text = await writeReply(pen, transcript)
      return { text, toolCalls: [], finish: 'stop', usage: { promptTokens, completionTokens: pen.written } }
    }
    const call = fillCall(tool, await writeCall(pen, tool, transcript.say), transcript)
    return call === null ? speak(notClear, listener, promptTokens) : callTool(call, promptTokens, pen.written)
  } catch (cause) {
    if (cause instanceof ProductError) throw cause
    throw new ProductError(signal.aborted ? 'cancelled' : 'language_engine_failed', undefined, { cause })
  }
}

async function choose(
  { loaded, sequence, prompt }: Pen,
  { say, situation }: Transcript,
  tools: readonly KnownTool[],
  must: boolean,
): Promise<Choice> {
  if (tools.length === 0) return 'reply'
  const { router, modelShare } = assetsOf(loaded)
  const own = await weighChoices(loaded.model, sequence, prompt, tools)
  const names = tools.map(({ name }) => name)
  const among = must ? names : (['reply', ...names] as const)
  return combineChances(own, router === null ? null : route(router, say, situation), modelShare, among)
}

/** After a style was found, the picture in that style is what was wanted. */
function followStyle(transcript: Transcript, tools: readonly KnownTool[]): ToolCall | null {
  const applied = transcript.since.at(-1)
  const generate = tools.find(({ name }) => name === 'generate')
  if (applied?.name !== 'apply_style' || applied.outcome?.ok !== true || generate === undefined) return null
  return generateInStyle(generate, applied, transcript)
}

function callTool(call: ToolCall, promptTokens: number, completionTokens: number): Answer {
  return { text: '', toolCalls: [call], finish: 'tool_calls', usage: { promptTokens, completionTokens } }
}

function speak(text: string, listener: AnswerListener, promptTokens: number): Answer {
  listener.text(text)
  return { text, toolCalls: [], finish: 'stop', usage: { promptTokens, completionTokens: 0 } }
}
