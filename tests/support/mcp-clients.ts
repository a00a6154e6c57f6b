import { join } from 'node:path'
import { createMCPClient } from '@ai-sdk/mcp'
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as ClassicClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as ClassicStdioTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as ClassicHttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { z } from 'zod'

const program = join(import.meta.dirname, '../../packaging/mysticanvas.mjs')

/** A server that can be called. */
export interface Address {
  readonly url: string
  readonly token: string
}

/** A block of a tool's result. */
const blockSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  data: z.string().optional(),
  mimeType: z.string().optional(),
  uri: z.string().optional(),
})

/** What every client of the protocol gets of a tool call. */
export const resultSchema = z.looseObject({
  content: z.array(blockSchema),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
  isError: z.boolean().optional(),
  _meta: z.record(z.string(), z.unknown()).optional(),
})
export type ToolResult = z.output<typeof resultSchema>

/** Some client that speaks the protocol, whoever made it. */
export interface AnyClient {
  readonly protocolVersion: string
  call(tool: string, input: object): Promise<ToolResult>
  tools(): Promise<string[]>
  close(): Promise<void>
}

/** The newest client there is, at the newest revision, or at the one before as it is by default. */
export async function openNewest(
  transport: Transport,
  options: {
    name?: string
    revision?: 'newest' | 'older'
    onToolsChanged?: (tools: string[]) => void
  } = {},
): Promise<AnyClient & { readonly client: Client }> {
  const { onToolsChanged } = options
  const client = new Client(
    { name: options.name ?? 'newest-client', version: '1.0.0' },
    {
      ...(options.revision === 'older' ? {} : { versionNegotiation: { mode: 'auto' } }),
      ...(onToolsChanged === undefined
        ? {}
        : {
            listChanged: {
              tools: { onChanged: (_, tools) => onToolsChanged((tools ?? []).map(({ name }) => name)) },
            },
          }),
    },
  )
  await client.connect(transport)
  return {
    client,
    protocolVersion: client.getNegotiatedProtocolVersion() ?? '',
    call: async (name, input) =>
      resultSchema.parse(await client.callTool({ name, arguments: input as Record<string, unknown> })),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  }
}

/** The older client, from a package of its own. */
export async function openClassic(
  transport: ClassicHttpTransport | ClassicStdioTransport,
): Promise<AnyClient> {
  const client = new ClassicClient({ name: 'classic-client', version: '1.0.0' })
  let protocolVersion = ''
  // The classic client tells the revision to its transport alone.
  Object.assign(transport, { setProtocolVersion: (version: string) => (protocolVersion = version) })
  await client.connect(transport)
  return {
    get protocolVersion() {
      return protocolVersion
    },
    call: async (name, input) =>
      resultSchema.parse(await client.callTool({ name, arguments: input as Record<string, unknown> })),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    close: () => client.close(),
  }
}

/** The client that agents made with the AI SDK have. */
export async function openAiSdk({ url, token }: Address): Promise<AnyClient> {
  const client = await createMCPClient({
    transport: { type: 'http', url: `${url}/mcp`, headers: { authorization: `Bearer ${token}` } },
  })
  const tools = await client.tools()
  return {
    protocolVersion: '',
    call: async (name, input) => {
      const tool = tools[name]
      if (tool === undefined) throw new Error(`There is no tool ${name}.`)
      return resultSchema.parse(
        await tool.execute(input, { toolCallId: '1', messages: [], context: undefined } as never),
      )
    },
    tools: () => Promise.resolve(Object.keys(tools)),
    close: () => client.close(),
  }
}

/** Streamable HTTP, for the newest client. */
export function overHttp({ url, token }: Address): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
}

/** Streamable HTTP, for the classic client. */
export function overClassicHttp({ url, token }: Address): ClassicHttpTransport {
  return new ClassicHttpTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })
}

/** The command that speaks over standard input and output, as a client starts it. */
export function stdioCommand(dataFolder: string) {
  return {
    command: process.execPath,
    args: [program, 'mcp', '--data', dataFolder],
    env: process.env as Record<string, string>,
    stderr: 'ignore' as const,
  }
}

/** Standard input and output, for the newest client. */
export function overStdio(dataFolder: string): StdioClientTransport {
  return new StdioClientTransport(stdioCommand(dataFolder))
}

/** Standard input and output, for the classic client. */
export function overClassicStdio(dataFolder: string): ClassicStdioTransport {
  return new ClassicStdioTransport(stdioCommand(dataFolder))
}

const failureSchema = z.object({ code: z.string(), request_id: z.string() })

/** What a failed result says to programs; null where it did not fail. */
export function failureOf({ isError, _meta: meta }: ToolResult): z.output<typeof failureSchema> | null {
  return isError === true ? failureSchema.parse(meta?.['mysticanvas/error']) : null
}

/** The code of a failed result; null where it did not fail. */
export function codeOf(result: ToolResult): string | null {
  return failureOf(result)?.code ?? null
}
