import type { Call, CapabilityName, CapabilityOutput } from './capabilities/index.ts'
import type { Surface } from './capability.ts'
import type { ToolCallOutcome } from './entities/tool-call.ts'
import type { ErrorBody } from './errors.ts'

/** A program that uses the product on somebody's behalf. It says its name itself, so the name proves nothing. */
export interface AgentClient {
  readonly name: string
  readonly version: string | null
}

/** The faces by which agents call: `mcp` for any of them, `assistant` for the one that is part of the product. */
export type AgentSurface = Extract<Surface, 'mcp' | 'assistant'>

/**
 * Calls a capability for an agent: every tool call passes here, whatever way it came.
 *
 * @param input as the agent gave it, not checked yet
 * @throws ProductError as the capability does
 */
export type CallTool = <Name extends CapabilityName>(
  client: AgentClient,
  name: Name,
  input: unknown,
  call: Pick<Call, 'signal' | 'onWait'>,
) => Promise<CapabilityOutput<Name>>

const agentPrefix = 'agent:'

/** The name under which the domain knows an agent; no agent can pass for the person at this machine. */
export function scopeOf({ name }: AgentClient): string {
  return `${agentPrefix}${name}`
}

/** True where the domain was called for an agent. */
export function isAgent(client: string): boolean {
  return client.startsWith(agentPrefix)
}

/** A tool call that is over. */
export interface FinishedCall {
  readonly client: AgentClient
  readonly tool: CapabilityName
  readonly argumentsSha256: string
  /** In milliseconds since 1970. */
  readonly startedAt: number
  readonly durationMs: number
  readonly outcome: ToolCallOutcome
  /** Null where it completed. */
  readonly error: ErrorBody | null
}
