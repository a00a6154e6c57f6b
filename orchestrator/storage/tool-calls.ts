import type { ToolCallOutcome } from '../../contracts/entities/tool-call.ts'
import { readAll, transaction, write, writeExactlyOne } from './connection.ts'
import type { ReadableDatabase, WritableDatabase } from './connection.ts'

/** A tool call as the database knows it; `time` in milliseconds since 1970. */
export interface ToolCallRow {
  readonly id: number
  readonly time: number
  readonly client: string
  readonly client_version: string | null
  readonly tool: string
  readonly arguments_sha256: string
  readonly outcome: ToolCallOutcome
  readonly error_code: string | null
  readonly duration_ms: number
  readonly request_id: string | null
}

/** What to look for. */
export interface ToolCallQuery {
  readonly client: string | null
  readonly outcome: ToolCallOutcome | null
  /** Only calls with a smaller id. */
  readonly cursor: number | null
  readonly limit: number
}

/** Stores calls that are over, all or none of them. */
export function insertToolCalls(database: WritableDatabase, calls: readonly Omit<ToolCallRow, 'id'>[]): void {
  transaction(database, () => {
    for (const call of calls)
      writeExactlyOne(
        database,
        `INSERT INTO tool_calls
           (time, client, client_version, tool, arguments_sha256, outcome, error_code, duration_ms, request_id)
         VALUES
           (:time, :client, :client_version, :tool, :arguments_sha256, :outcome, :error_code, :duration_ms, :request_id)`,
        { ...call },
      )
  })
}

/** Lists calls, newest first. */
export function listToolCalls(
  database: ReadableDatabase,
  { client, outcome, cursor, limit }: ToolCallQuery,
): ToolCallRow[] {
  const conditions = [
    'id < :cursor',
    ...(client === null ? [] : ['client = :client']),
    ...(outcome === null ? [] : ['outcome = :outcome']),
  ]
  return readAll<ToolCallRow>(
    database,
    `SELECT * FROM tool_calls WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT :limit`,
    {
      cursor: cursor ?? Number.MAX_SAFE_INTEGER,
      limit,
      ...(client !== null && { client }),
      ...(outcome !== null && { outcome }),
    },
  )
}

/** The names of those who called, by the alphabet. */
export function toolCallClients(database: ReadableDatabase, limit: number): string[] {
  const sql = 'SELECT DISTINCT client FROM tool_calls ORDER BY client LIMIT :limit'
  return readAll<{ client: string }>(database, sql, { limit }).map(({ client }) => client)
}

/** Removes the oldest calls beyond this many; how many went. */
export function pruneToolCalls(database: WritableDatabase, keep: number): number {
  const sql =
    'DELETE FROM tool_calls WHERE id <= (SELECT id FROM tool_calls ORDER BY id DESC LIMIT 1 OFFSET :keep)'
  return write(database, sql, { keep })
}
