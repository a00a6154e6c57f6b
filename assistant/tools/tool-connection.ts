import { createMCPClient, type MCPTransport } from '@ai-sdk/mcp'
import { z } from 'zod'
import type { ToolOutput } from '../../contracts/entities/conversation.ts'
import { errorBodySchema, ProductError, toErrorBody } from '../../contracts/errors.ts'

/** A tool as the server describes it. */
export interface ToolDescription {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: { readonly properties?: Record<string, object>; readonly [keyword: string]: unknown }
}

/** The tools of our server, for as long as one turn. */
export interface ToolConnection {
  readonly tools: readonly ToolDescription[]
  /** Calls a tool. A failure is a result like any other. */
  readonly call: (
    name: string,
    input: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ) => Promise<ToolOutput>
  readonly close: () => Promise<void>
}

const resultSchema = z.looseObject({
  isError: z.boolean().optional(),
  structuredContent: z.unknown().optional(),
  _meta: z.looseObject({}).optional(),
})

/** Where a failed result carries its error for programs. */
const errorKey = 'mysticanvas/error'

/** Connects to the server by a transport and asks which tools there are. */
export async function connectTools(transport: MCPTransport, version: string): Promise<ToolConnection> {
  // A transport within the process needs no probing for what the other side speaks.
  const client = await createMCPClient({
    transport,
    clientName: 'assistant',
    version,
    protocolVersionDiscovery: false,
  })
  const listed = await client.listTools()
  const callable = client.toolsFromDefinitions(listed)
  return {
    tools: listed.tools.map(({ name, title, description, inputSchema }) => ({
      name,
      title: title ?? name,
      description: description ?? '',
      inputSchema: inputSchema as ToolDescription['inputSchema'],
    })),
    call: async (name, input, signal) => {
      const tool = callable[name]
      if (tool === undefined) throw new ProductError('turn_tool_unknown', `There is no tool ${name}.`)
      const options = { toolCallId: name, messages: [], context: {} }
      return readResult(
        await tool.execute(input, signal === undefined ? options : { ...options, abortSignal: signal }),
      )
    },
    close: () => client.close(),
  }
}

function readResult(answer: unknown): ToolOutput {
  const { isError, structuredContent, _meta: meta } = resultSchema.parse(answer)
  if (isError !== true) return { ok: true, result: structuredContent }
  const told = errorBodySchema.omit({}).loose().safeParse(meta?.[errorKey])
  if (!told.success) return { ok: false, error: toErrorBody(new ProductError('internal_error'), null) }
  const { code, message, details, request_id } = told.data
  return { ok: false, error: { code, message, details, request_id } }
}
