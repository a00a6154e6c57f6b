import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FinishedCall } from '../../../contracts/agent.ts'
import { toErrorBody, ProductError } from '../../../contracts/errors.ts'
import type { StoredEvent } from '../../../contracts/events.ts'
import { ToolCallLog } from '../../../orchestrator/domain/agents/tool-call-log.ts'
import { EventBus } from '../../../orchestrator/domain/event-bus.ts'
import { handleOf, readAll } from '../../../orchestrator/storage/connection.ts'
import { listToolCalls, pruneToolCalls } from '../../../orchestrator/storage/tool-calls.ts'
import { memoryDatabase, queryPlan } from '../storage/support.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function open() {
  const database = memoryDatabase()
  const events = new EventBus(database, pino({ level: 'silent' }))
  const told: StoredEvent['event'][] = []
  events.subscribe(({ event }) => told.push(event))
  const log = new ToolCallLog({ database, events, logger: pino({ level: 'silent' }) })
  const stored = () => readAll<{ tool: string }>(database, 'SELECT * FROM tool_calls ORDER BY id')
  return { database, log, told, stored }
}

function call(changes: Partial<FinishedCall> = {}): FinishedCall {
  return {
    client: { name: 'one', version: '1.0.0' },
    tool: 'search_history',
    argumentsSha256: 'ab'.repeat(32),
    startedAt: Date.now(),
    durationMs: 12.4,
    outcome: 'completed',
    error: null,
    ...changes,
  }
}

const refused = call({
  outcome: 'refused',
  error: toErrorBody(new ProductError('agent_rate_limited'), null),
})

test('[agents-record] a call that may have changed something is stored at once, reading ones soon', () => {
  const { log, told, stored } = open()
  log.record(call(), 'r-1')
  expect(stored()).toEqual([])
  log.record(call({ tool: 'generate' }), 'r-2')
  expect(stored().map(({ tool }) => tool)).toEqual(['search_history', 'generate'])
  log.record(call(), 'r-3')
  log.record(call(), 'r-4')
  vi.advanceTimersByTime(300)
  expect(stored()).toHaveLength(4)
  expect(told).toEqual([{ type: 'tool-calls-changed' }, { type: 'tool-calls-changed' }])
})

test('[agents-record] calls are listed newest first, by agent, by how they ended, and page by page', () => {
  const { log } = open()
  log.record(call(), 'r-1')
  log.record(call({ client: { name: 'two', version: null }, tool: 'generate' }), null)
  log.record(refused, 'r-3')
  const first = log.list({ limit: 2 })
  expect(first.calls.map(({ request_id: id }) => id)).toEqual(['r-3', null])
  expect(first.clients).toEqual(['one', 'two'])
  const { calls, next_cursor: end } = log.list({ limit: 2, cursor: first.next_cursor ?? 0 })
  expect(calls).toEqual([
    {
      id: 1,
      time: '1970-01-01T00:16:40.000Z',
      client: 'one',
      client_version: '1.0.0',
      tool: 'search_history',
      arguments_sha256: 'ab'.repeat(32),
      outcome: 'completed',
      error_code: null,
      duration_ms: 12,
      request_id: 'r-1',
    },
  ])
  expect(end).toBeNull()
  expect(log.list({ limit: 9, client: 'two' }).calls.map(({ tool }) => tool)).toEqual(['generate'])
  expect(log.list({ limit: 9, outcome: 'refused' }).calls.map(({ id }) => id)).toEqual([3])
  expect(log.list({ limit: 9, client: 'two', outcome: 'refused' }).calls).toEqual([])
})

test('[agents-refusal-told] a refusal is an event, once a minute for each agent and reason', async () => {
  const { log, told } = open()
  const refusals = () => told.filter(({ type }) => type === 'agent-refused')
  for (let round = 0; round < 3; round += 1) log.record(refused, 'r')
  await vi.advanceTimersByTimeAsync(300)
  expect(refusals()).toEqual([
    { type: 'agent-refused', client: 'one', tool: 'search_history', error: refused.error },
  ])
  log.record({ ...refused, client: { name: 'two', version: null } }, 'r')
  await vi.advanceTimersByTimeAsync(60_000)
  log.record(refused, 'r')
  await vi.advanceTimersByTimeAsync(300)
  expect(refusals()).toHaveLength(3)
})

test('[agents-record] a record that cannot be stored costs no agent its answer', () => {
  const { database, log, told } = open()
  handleOf(database).exec('DROP TABLE tool_calls')
  log.record(call({ tool: 'generate' }), 'r-1')
  expect(told).toEqual([])
})

test('[agents-record] the oldest calls are forgotten, and no list reads them all', () => {
  const { database, log } = open()
  for (let round = 0; round < 5; round += 1) log.record(call(), `r-${round}`)
  log.store()
  expect(pruneToolCalls(database, 2)).toBe(3)
  const query = { client: null, outcome: null, cursor: null, limit: 9 }
  expect(listToolCalls(database, query).map(({ id }) => id)).toEqual([5, 4])
  const plan = queryPlan(
    database,
    'SELECT * FROM tool_calls WHERE id < :cursor AND client = :client ORDER BY id DESC LIMIT 9',
    { cursor: 9, client: 'one' },
  )
  expect(plan).toContain('tool_calls_of_client')
  expect(plan).not.toContain('TEMP B-TREE')
})
