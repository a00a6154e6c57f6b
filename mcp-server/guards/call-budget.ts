import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { AgentClient } from '../../contracts/agent.ts'
import type { CapabilityName } from '../../contracts/capabilities/index.ts'
import type { Config } from '../../contracts/config.ts'
import { refusal, type PassingRefusal } from '../../contracts/refusal.ts'

type BudgetLimits = Pick<Config['agents'], 'calls_per_minute' | 'identical_calls_per_minute'>

/** A call as the budget sees it. */
interface BudgetedCall {
  readonly client: AgentClient
  readonly tool: CapabilityName
  readonly input: unknown
  readonly argumentsSha256: string
}

const minute = 60

/** Asking again how far a picture is, is what this one is for. */
const polls: readonly CapabilityName[] = ['get_generation']

/** Counts the calls of each agent, in minutes that begin with its first call. */
export class CallBudget {
  readonly #limits: BudgetLimits
  readonly #calls: RateLimiterMemory
  readonly #identical: RateLimiterMemory

  constructor(limits: BudgetLimits) {
    this.#limits = limits
    this.#calls = new RateLimiterMemory({ points: limits.calls_per_minute, duration: minute })
    this.#identical = new RateLimiterMemory({ points: limits.identical_calls_per_minute, duration: minute })
  }

  /** @throws ProductError `agent_rate_limited` or `agent_repeats_itself` */
  async take({ client, tool, input, argumentsSha256 }: BudgetedCall): Promise<void> {
    const { calls_per_minute: most, identical_calls_per_minute: mostIdentical } = this.#limits
    await consume(
      this.#calls,
      client.name,
      'agent_rate_limited',
      `This agent may make ${most} calls a minute.`,
    )
    if (polls.includes(tool) || hasKey(input)) return
    await consume(
      this.#identical,
      `${client.name} ${tool} ${argumentsSha256}`,
      'agent_repeats_itself',
      `The agent made the same call of ${tool} with the same arguments ${mostIdentical} times within a minute.`,
    )
  }
}

/** A retry with an idempotency key is how an agent finds out what became of a call, and makes nothing. */
function hasKey(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'idempotency_key' in input
}

async function consume(
  limiter: RateLimiterMemory,
  key: string,
  code: PassingRefusal,
  summary: string,
): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw refusal(code, summary, Date.now() + refused.msBeforeNext)
  }
}
