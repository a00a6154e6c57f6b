import type { ChatHistoryItem, ChatModelResponse } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { ChatMessage } from '../openai/chat-request.ts'

type ModelPart = ChatModelResponse['response'][number]
type CallPart = Extract<ModelPart, { type: 'functionCall' }>

/**
 * The transcript as the engine holds one: results stand with the calls they answer, and what the assistant said in
 * several steps of one turn is one response.
 *
 * @throws ProductError `invalid_input` where a result answers no call
 */
export function toChatHistory(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = []
  const calls = new Map<string, CallPart>()
  for (const message of messages) {
    if (message.role === 'system' || message.role === 'developer')
      history.push({ type: 'system', text: message.content })
    else if (message.role === 'user') history.push({ type: 'user', text: message.content })
    else if (message.role === 'tool') answerCall(calls, message.tool_call_id, message.content)
    else {
      const response = lastResponse(history)
      if (message.content !== '') response.push(message.content)
      for (const [index, call] of (message.tool_calls ?? []).entries()) {
        const part: CallPart = {
          type: 'functionCall',
          name: call.function.name,
          params: parseJson(call.function.arguments),
          result: 'There is no result.',
          startsNewChunk: index === 0,
        }
        calls.set(call.id, part)
        response.push(part)
      }
    }
  }
  return history
}

function lastResponse(history: ChatHistoryItem[]): ModelPart[] {
  const last = history.at(-1)
  if (last?.type === 'model') return last.response
  const response: ModelPart[] = []
  history.push({ type: 'model', response })
  return response
}

function answerCall(calls: ReadonlyMap<string, CallPart>, id: string, content: string): void {
  const call = calls.get(id)
  if (call === undefined) {
    const fields = [{ field: 'messages', problem: `No call before has the id "${id}".` }]
    throw new ProductError('invalid_input', undefined, { details: { fields } })
  }
  call.result = parseJson(content)
}

/** What is no JSON is a text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
