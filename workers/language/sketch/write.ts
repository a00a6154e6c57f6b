import {
  LlamaCompletion,
  LlamaGrammar,
  TokenBias,
  type LlamaContextSequence,
  type Token,
} from 'node-llama-cpp'
import type { LoadedModel } from '../engine/loaded-model.ts'
import type { AnswerListener, ToolCall } from '../openai/answer.ts'
import { assetsOf } from './assets.ts'
import { callMark, callOpening } from './decide.ts'
import type { KnownTool } from './known-tools.ts'
import { describeOutcome } from './prompt.ts'
import { writeReplyGrammar } from './reply-grammar.ts'
import { writeArgumentsGrammar } from './span-grammar.ts'
import type { Transcript } from './transcript.ts'

/** What answers are written with. */
export interface Pen {
  readonly loaded: LoadedModel
  readonly sequence: LlamaContextSequence
  readonly prompt: readonly Token[]
  readonly listener: AnswerListener
  readonly signal: AbortSignal
  /** Tokens written so far. */
  written: number
}

/** Room that a prompt must leave: the longest call, in tokens. Replies are a sentence or two. */
export const longestAnswer = 320
const longestReply = 96

/** Writes a call of a tool, with nothing in it but the person's words. */
export async function writeCall(pen: Pen, tool: KnownTool, say: string): Promise<ToolCall> {
  const { model } = pen.loaded
  const grammar = new LlamaGrammar(model.llama, { grammar: writeArgumentsGrammar(tool, say) })
  const tokens = [...pen.prompt, ...callMark(model), ...callOpening(model, tool.name)]
  const text = await complete(pen, tokens, { grammar, maxTokens: longestAnswer })
  return { name: tool.name, arguments: readArguments(text) }
}

/** Writes a reply, one of those the model was taught where they are known. */
export async function writeReply(pen: Pen, { since }: Transcript): Promise<string> {
  const { model } = pen.loaded
  const last = since.at(-1)
  const { replies } = assetsOf(pen.loaded)
  const known =
    replies === null ? null : writeReplyGrammar(replies, last === undefined ? null : describeOutcome(last))
  if (known !== null) {
    const grammar = new LlamaGrammar(model.llama, { grammar: known })
    return complete(pen, pen.prompt, { grammar, ...spoken(pen) })
  }
  const tokenBias = new TokenBias(model.tokenizer)
  for (const token of callMark(model)) tokenBias.set(token, 'never')
  return complete(pen, pen.prompt, { tokenBias, ...spoken(pen) })
}

function spoken({ listener }: Pen) {
  return { maxTokens: longestReply, onTextChunk: (delta: string) => listener.text(delta) }
}

async function complete(
  pen: Pen,
  tokens: readonly Token[],
  options: NonNullable<Parameters<LlamaCompletion['generateCompletion']>[1]>,
): Promise<string> {
  const completion = new LlamaCompletion({ contextSequence: pen.sequence })
  try {
    return await completion.generateCompletion([...tokens], {
      ...options,
      temperature: 0,
      repeatPenalty: false,
      signal: pen.signal,
      onToken: (written) => (pen.written += written.length),
    })
  } finally {
    completion.dispose({ disposeSequence: false })
  }
}

/** The arguments without the space before each text; none of a call that was cut off. */
function readArguments(text: string): Record<string, unknown> {
  try {
    // Their opening brace was written before, and the grammar closes the call with them.
    const given = JSON.parse(`{${text.trim().slice(0, -1)}`) as Record<string, unknown>
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
    )
  } catch {
    return {}
  }
}
