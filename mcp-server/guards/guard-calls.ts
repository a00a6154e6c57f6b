import type { CallToolResult } from '@modelcontextprotocol/server'
import type { AgentClient, AgentSurface, FinishedCall } from '../../contracts/agent.ts'
import { capabilities, type CapabilityName } from '../../contracts/capabilities/index.ts'
import type { Capability } from '../../contracts/capability.ts'
import type { Config } from '../../contracts/config.ts'
import { ProductError, toErrorBody } from '../../contracts/errors.ts'
import { isRefusal } from '../../contracts/refusal.ts'
import { hashOfArguments } from './arguments-hash.ts'
import { CallBudget } from './call-budget.ts'
import { ConcurrentWaits } from './concurrent-waits.ts'
import { requireSize } from './result-size.ts'

/** What the guards are given. */
export interface GuardParts {
  readonly limits: Config['agents']
  /** Told of every call as it is over, also of those that were refused. */
  readonly recordCall: (call: FinishedCall) => void
}

/**
 * Lets a tool call in, or not.
 *
 * @param carryOut does it; not called where the call is refused
 * @throws ProductError a refusal, or whatever `carryOut` throws
 */
export type GuardCall = (
  client: AgentClient,
  tool: CapabilityName,
  input: unknown,
  carryOut: () => Promise<CallToolResult>,
) => Promise<CallToolResult>

/**
 * Makes the guard that every tool call passes. It counts across calls, so it lives as long as the product: there is one,
 * and not one for each request.
 */
export function createGuard({
  limits,
  recordCall,
  surface,
}: GuardParts & { surface: AgentSurface }): GuardCall {
  const budget = new CallBudget(limits)
  const waits = new ConcurrentWaits(limits.waits_at_once)

  return async (client, tool, input, carryOut) => {
    const startedAt = Date.now()
    const began = performance.now()
    const argumentsSha256 = hashOfArguments(input)
    const record = (ended: Pick<FinishedCall, 'outcome' | 'error'>) =>
      recordCall({
        client,
        tool,
        argumentsSha256,
        startedAt,
        durationMs: performance.now() - began,
        ...ended,
      })
    try {
      await budget.take({ client, tool, input, argumentsSha256 })
      requireForAgents(capabilities[tool], surface)
      const leave = waits.enter(client, input)
      const result = await carryOut().finally(leave)
      requireSize(result, limits.result_bytes)
      record({ outcome: 'completed', error: null })
      return result
    } catch (thrown) {
      const error = toErrorBody(thrown, null)
      record({ outcome: isRefusal(error.code) ? 'refused' : 'failed', error })
      throw thrown
    }
  }
}

/**
 * What takes something away needs a person, whoever published it and however it got here. The assistant is the one that
 * asks its person before it calls.
 *
 * @throws ProductError `agent_needs_person`
 */
export function requireForAgents({ name, effect, surfaces }: Capability, surface: AgentSurface): void {
  if ((effect === 'destructive' && surface !== 'assistant') || !surfaces.includes(surface))
    throw new ProductError('agent_needs_person', `Agents may not call ${name}.`)
}
