import type { ChatModelFunctions, GbnfJsonSchema } from 'node-llama-cpp'
import type { ToolCall } from '../openai/answer.ts'
import type { Tool } from '../openai/chat-request.ts'
import { fitsSchema } from './check-result.ts'
import { dropAbsent, toGrammarSchema, type JsonSchema } from './grammar-schema.ts'

/** The tools of a request as the engine decodes calls of them, with the schemas to check the calls by. */
export interface Functions {
  readonly described: ChatModelFunctions
  readonly schemas: ReadonlyMap<string, JsonSchema>
}

/** @returns null where there are no tools */
export function toFunctions(tools: readonly Tool[]): Functions | null {
  if (tools.length === 0) return null
  const described: Record<string, { description?: string; params?: GbnfJsonSchema }> = {}
  const schemas = new Map<string, JsonSchema>()
  for (const { function: tool } of tools) {
    const schema = tool.parameters ?? { type: 'object', properties: {} }
    schemas.set(tool.name, schema)
    described[tool.name] = {
      ...(tool.description === undefined ? {} : { description: tool.description }),
      params: toGrammarSchema(schema),
    }
  }
  return { described, schemas }
}

/** The engine's calls without what was left out, and whether each is what its schema says. */
export function checkedCalls(
  made: readonly { readonly functionName: string; readonly params: unknown }[],
  functions: Functions | null,
): { calls: ToolCall[]; valid: boolean } {
  let valid = true
  const calls = made.map(({ functionName: name, params }) => {
    const schema = functions?.schemas.get(name) ?? {}
    const called = dropAbsent(params ?? {}, schema) as Record<string, unknown>
    valid &&= fitsSchema(called, schema)
    return { name, arguments: called }
  })
  return { calls, valid }
}
