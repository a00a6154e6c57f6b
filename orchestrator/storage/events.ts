import type { ProductEvent, StoredEvent } from '../../contracts/events.ts'
import { readAll, write, writeReturning, type ReadableDatabase, type WritableDatabase } from './connection.ts'

/** Something that happened and is to be kept. */
export interface NewEvent {
  readonly time: number
  readonly request_id: string | null
  /** The picture it is about, if any. */
  readonly generation_id: number | null
  /** A sentence for a person. */
  readonly message: string
  readonly event: ProductEvent
}

/** A stored event with the id it can be resumed from. */
export type KeptEvent = StoredEvent & { readonly id: number }

interface EventRow {
  readonly id: number
  readonly time: number
  readonly request_id: string | null
  readonly message: string
  readonly body: string
}

const columns = 'id, time, request_id, message, body'

/** Stores an event; its id is larger than all before it, also than those that were pruned. */
export function appendEvent(database: WritableDatabase, event: NewEvent): KeptEvent {
  const row = writeReturning<EventRow>(
    database,
    `INSERT INTO events (time, type, request_id, generation_id, message, body)
     VALUES (:time, :type, :request_id, :generation_id, :message, :body) RETURNING ${columns}`,
    {
      time: event.time,
      type: event.event.type,
      request_id: event.request_id,
      generation_id: event.generation_id,
      message: event.message,
      body: JSON.stringify(event.event),
    },
  )
  if (row === null) throw new Error('The event was not stored.')
  return parse(row)
}

/** Lists events, newest first: only those before an id, and only those of one request, where these are given. */
export function listEvents(
  database: ReadableDatabase,
  query: { readonly before: number | null; readonly limit: number; readonly requestId: string | null },
): KeptEvent[] {
  const conditions = ['id < :before']
  if (query.requestId !== null) conditions.push('request_id = :request_id')
  const sql = `SELECT ${columns} FROM events WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT :limit`
  const parameters = { before: query.before ?? Number.MAX_SAFE_INTEGER, limit: query.limit }
  return readAll<EventRow>(
    database,
    sql,
    query.requestId === null ? parameters : { ...parameters, request_id: query.requestId },
  ).map(parse)
}

/** What happened after an event, oldest first, for a listener that comes back. */
export function eventsAfter(database: ReadableDatabase, id: number, limit: number): KeptEvent[] {
  const sql = `SELECT ${columns} FROM events WHERE id > :id ORDER BY id LIMIT :limit`
  return readAll<EventRow>(database, sql, { id, limit }).map(parse)
}

/** Removes the oldest events beyond this many; how many went. */
export function pruneEvents(database: WritableDatabase, keep: number): number {
  const sql = 'DELETE FROM events WHERE id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET :keep)'
  return write(database, sql, { keep })
}

function parse(row: EventRow): KeptEvent {
  return {
    id: row.id,
    time: new Date(row.time).toISOString(),
    request_id: row.request_id,
    message: row.message,
    event: JSON.parse(row.body) as ProductEvent,
  }
}
