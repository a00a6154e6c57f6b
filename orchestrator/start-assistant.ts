import type { MCPTransport } from '@ai-sdk/mcp'
import type { Config } from '../contracts/config.ts'
import type { LanguageEndpoint } from '../contracts/language.ts'
import { createAssistantOnDemand, type AssistantOnDemand } from '../assistant/on-demand.ts'
import type { AgentPrompt } from '../mcp-server/parts.ts'
import type { createDomain } from './domain/domain.ts'
import type { Logger } from './foundation/logger.ts'
import { currentRequestId } from './foundation/request-context.ts'
import { productVersion } from './foundation/version.ts'

/** Who the assistant is to the domain: no agent from outside, for a person begins each of its turns. */
const client = 'assistant'

/** Guards of single agents do not fit it: a person may well ask for the same picture four times in a minute. */
const unlimited = { calls_per_minute: 100_000, identical_calls_per_minute: 100_000, waits_at_once: 100_000 }

/** Whole results go to the page; what the model is told of them is cut elsewhere. */
const resultBytes = 1024 * 1024

/** Joins the assistant with the domain, and with a server for agents of its own in this very process. */
export function startAssistant(
  domain: ReturnType<typeof createDomain>,
  parts: {
    readonly config: Config
    readonly logger: Logger
    readonly prompts: readonly AgentPrompt[]
    readonly endpoint: (signal?: AbortSignal) => Promise<LanguageEndpoint>
  },
): AssistantOnDemand {
  const { config, logger, prompts, endpoint } = parts
  const tellError = (error: unknown, what: string) => logger.warn({ err: error }, `the assistant: ${what}`)
  return createAssistantOnDemand({
    version: productVersion,
    endpoint,
    openTools: async () => {
      const { createInMemoryServer } = await import('../mcp-server/in-memory.ts')
      const open = createInMemoryServer({
        version: productVersion,
        client: { name: 'assistant', version: productVersion },
        callTool: (_, name, input, call) => domain.invoke(name, input as never, { ...call, client }),
        limits: { ...config.agents, ...unlimited, result_bytes: resultBytes },
        recordCall: (call) => domain.toolCalls.record(call, currentRequestId()),
        invoke: domain.invoke,
        subscribe: (listener) => domain.events.subscribe(listener),
        pictures: { ...domain.previews, preview: () => Promise.resolve(null) },
        prompts,
        requestId: currentRequestId,
        onError: (error) => tellError(error, 'a tool'),
      })
      return (await open()) as unknown as MCPTransport
    },
    prompts: domain.assistantPrompts,
    limits: config.assistant,
    transcript: domain.transcript,
    subscribe: (listener) => domain.events.subscribe(listener),
    publish: (event, message) => domain.events.publish(event, message),
    requestId: currentRequestId,
    onError: tellError,
  })
}
