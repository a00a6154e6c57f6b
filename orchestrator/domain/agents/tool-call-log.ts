import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { FinishedCall } from '../../../contracts/agent.ts'
import {
  capabilities,
  type CapabilityOutput,
  type CheckedInput,
} from '../../../contracts/capabilities/index.ts'
import type { ToolCall } from '../../../contracts/entities/tool-call.ts'
import type { Logger } from '../../foundation/logger.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import {
  insertToolCalls,
  listToolCalls,
  toolCallClients,
  type ToolCallRow,
} from '../../storage/tool-calls.ts'
import type { EventBus } from '../event-bus.ts'

/** Calls that only read are stored together: to put each on the disk alone would take longer than to answer it. */
const storeAfterMs = 250

const mostClients = 100

interface LogParts {
  readonly database: WritableDatabase
  readonly events: EventBus
  readonly logger: Logger
}

/** What agents did: keeps each of their calls, and tells when one was refused. */
export class ToolCallLog {
  readonly #parts: LogParts
  #unstored: Omit<ToolCallRow, 'id'>[] = []
  #timer: NodeJS.Timeout | null = null
  /** An agent that runs against a wall is told of once a minute. */
  readonly #told = new RateLimiterMemory({ points: 1, duration: 60 })

  constructor(parts: LogParts) {
    this.#parts = parts
  }

  /** Takes a call that is over. One that may have changed something is on the disk when this returns. */
  record(call: FinishedCall, requestId: string | null): void {
    const { client, tool, argumentsSha256, startedAt, durationMs, outcome, error } = call
    this.#unstored.push({
      time: startedAt,
      client: client.name,
      client_version: client.version,
      tool,
      arguments_sha256: argumentsSha256,
      outcome,
      error_code: error?.code ?? null,
      duration_ms: Math.round(durationMs),
      request_id: requestId,
    })
    if (outcome === 'refused') void this.#tellRefusal(call)
    if (capabilities[tool].effect === 'read' || outcome === 'refused') this.#storeSoon()
    else this.store()
  }

  /** Lists calls, newest first. */
  list({
    client,
    outcome,
    cursor,
    limit,
  }: CheckedInput<'list_tool_calls'>): CapabilityOutput<'list_tool_calls'> {
    this.store()
    const { database } = this.#parts
    const found = listToolCalls(database, {
      client: client ?? null,
      outcome: outcome ?? null,
      cursor: cursor ?? null,
      limit: limit + 1,
    })
    const calls = found.slice(0, limit).map(toToolCall)
    return {
      calls,
      clients: toolCallClients(database, mostClients),
      next_cursor: found.length > limit ? (calls.at(-1)?.id ?? null) : null,
    }
  }

  /** Stores what is not stored yet. A disk that is full must not keep agents from their answers. */
  store(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const calls = this.#unstored
    if (calls.length === 0) return
    this.#unstored = []
    try {
      insertToolCalls(this.#parts.database, calls)
    } catch (error) {
      this.#parts.logger.error({ err: error, calls }, 'calls of agents could not be stored')
      return
    }
    this.#parts.events.publish({ type: 'tool-calls-changed' }, 'Agents called.')
  }

  #storeSoon(): void {
    this.#timer ??= setTimeout(() => this.store(), storeAfterMs)
  }

  async #tellRefusal({ client, tool, error }: FinishedCall): Promise<void> {
    if (error === null) return
    const isFirst = await this.#told.consume(`${error.code}:${client.name}`).then(
      () => true,
      () => false,
    )
    if (!isFirst) return
    this.#parts.events.publish(
      { type: 'agent-refused', client: client.name, tool, error },
      `The agent ${client.name} was refused ${tool}: ${error.message}`,
    )
  }
}

function toToolCall({ time, ...row }: ToolCallRow): ToolCall {
  return { ...row, time: new Date(time).toISOString() } as ToolCall
}
