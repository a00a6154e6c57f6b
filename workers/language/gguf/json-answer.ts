import type { ChatHistoryItem, ChatWrapper, GbnfJsonSchema, LlamaGrammar } from 'node-llama-cpp'
import { allowedTools, mustCall, type ChatRequest, type Tool } from '../openai/chat-request.ts'
import { generationOptions, readFinish, type Conversation, type Written } from './conversation.ts'
import { dropAbsent, toGrammarSchema, type JsonSchema } from './grammar-schema.ts'
import { fitInto } from './room.ts'

/** An answer that is JSON from its first to its last token: data of a schema, or a call the caller insists on. */
export async function writeJson(
  { loaded, chat, request, history, listener, signal }: Conversation,
  chatWrapper: ChatWrapper,
): Promise<Written> {
  const tools = mustCall(request) ? allowedTools(request) : []
  const told = tools.length === 0 ? history : [describeTools(tools), ...history]
  const room = fitInto(loaded, chatWrapper, { history: told, functions: null })
  listener.begin()
  const made = await chat.generateResponse(told, {
    ...generationOptions(request, room, signal),
    temperature: request.temperature ?? 0,
    grammar: await createGrammar(loaded.model.llama, request, tools),
  })
  const value = parse(made.response)
  if (value === undefined) {
    // Cut off in the middle: the caller sees what there is, and `length` as the reason.
    listener.text(made.response)
    return { text: made.response, toolCalls: [], finish: readFinish(made, []) }
  }
  if (tools.length > 0) {
    const call = readCall(value, tools)
    return { text: '', toolCalls: [call], finish: 'tool_calls' }
  }
  const free = request.response_format.type === 'json_object'
  const text = free ? made.response : JSON.stringify(dropAbsent(value, schemaOf(request)))
  listener.text(text)
  return { text, toolCalls: [], finish: 'stop' }
}

function createGrammar(
  llama: Conversation['loaded']['model']['llama'],
  request: ChatRequest,
  tools: readonly Tool[],
): Promise<LlamaGrammar> {
  if (tools.length > 0) return fromSchema(llama, schemaOfCalls(tools))
  if (request.response_format.type === 'json_schema')
    return fromSchema(llama, toGrammarSchema(schemaOf(request)))
  return llama.getGrammarFor('json')
}

/** The engine's types want to know the schema while the program is written; ours comes with the request. */
function fromSchema(llama: Conversation['loaded']['model']['llama'], schema: GbnfJsonSchema) {
  return llama.createGrammarForJsonSchema(schema as never)
}

function schemaOf({ response_format: format }: ChatRequest): JsonSchema {
  return format.type === 'json_schema' ? format.json_schema.schema : {}
}

function schemaOfCalls(tools: readonly Tool[]): GbnfJsonSchema {
  const calls = tools.map(({ function: tool }) => ({
    type: 'object' as const,
    properties: { name: { const: tool.name }, arguments: toGrammarSchema(tool.parameters ?? noArguments) },
  }))
  return calls.length === 1 && calls[0] !== undefined ? calls[0] : { oneOf: calls }
}

const noArguments = { type: 'object', properties: {} }

function readCall(value: unknown, tools: readonly Tool[]) {
  const { name, arguments: given } = value as { name: string; arguments: unknown }
  const schema = tools.find((tool) => tool.function.name === name)?.function.parameters ?? noArguments
  return { name, arguments: dropAbsent(given, schema) as Record<string, unknown> }
}

/** Chat templates have no words for a call that must be made, so the tools are told in a message of their own. */
function describeTools(tools: readonly Tool[]): ChatHistoryItem {
  const lines = tools.map(({ function: tool }) => JSON.stringify(tool))
  const text = `Answer with one call of a tool, as JSON with its "name" and its "arguments". The tools:\n${lines.join('\n')}`
  return { type: 'system', text }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
