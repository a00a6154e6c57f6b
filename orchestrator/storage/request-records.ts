import type { GenerationState } from '../../contracts/entities/generation.ts'
import type { ErrorBody } from '../../contracts/errors.ts'
import { readAll, type ReadableDatabase } from './connection.ts'
import { listEvents, type KeptEvent } from './events.ts'
import { jobColumns, parseJobRow, type Job, type StoredJobRow } from './job-row.ts'
import type { ToolCallRow } from './tool-calls.ts'

/** A picture, as far as it says what became of a request. */
export interface RequestedGeneration {
  readonly id: number
  readonly state: GenerationState
  readonly prompt: string
  readonly attempts: number
  readonly error: ErrorBody | null
}

/** Everything the database keeps about one request. */
export interface RequestRecords {
  /** The newest first. */
  readonly events: readonly KeptEvent[]
  readonly jobs: readonly Job[]
  readonly generations: readonly RequestedGeneration[]
  readonly toolCalls: readonly ToolCallRow[]
}

/** Reads what the database keeps about a request; of each kind at most this many, of events the newest. */
export function readRequestRecords(
  database: ReadableDatabase,
  requestId: string,
  limit: number,
): RequestRecords {
  const of = { request_id: requestId, limit }
  const where = 'WHERE request_id = :request_id ORDER BY id LIMIT :limit'
  return {
    events: listEvents(database, { before: null, limit, requestId }),
    jobs: readAll<StoredJobRow>(database, `SELECT ${jobColumns} FROM jobs ${where}`, of).map(parseJobRow),
    generations: readAll<Omit<RequestedGeneration, 'error'> & { error: string | null }>(
      database,
      `SELECT id, state, prompt, attempts, error FROM generations ${where}`,
      of,
    ).map((row) => ({ ...row, error: row.error === null ? null : (JSON.parse(row.error) as ErrorBody) })),
    toolCalls: readAll<ToolCallRow>(database, `SELECT * FROM tool_calls ${where}`, of),
  }
}
