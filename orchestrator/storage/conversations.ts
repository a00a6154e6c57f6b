import {
  readAll,
  readOne,
  write,
  writeExactlyOne,
  writeReturning,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A conversation as it is stored; times in milliseconds since 1970. */
export interface ConversationRow {
  readonly key: number
  readonly id: string
  readonly title: string
  readonly titled_by: 'assistant' | 'person'
  readonly created_at: number
  readonly updated_at: number
  readonly deleted_at: number | null
  /** How many messages it has, without those that were superseded. */
  readonly message_count: number
  /** 1 while an answer is being made. */
  readonly running: number
}

/** What to list. */
export interface ConversationQuery {
  /** Words that all must occur; the last may be a beginning. */
  readonly words: readonly string[]
  /** The last conversation of the page before. */
  readonly after: { readonly updatedAt: number; readonly key: number } | null
  readonly limit: number
}

const columns = `key, id, title, titled_by, created_at, updated_at, deleted_at,
  (SELECT count(*) FROM messages WHERE conversation_key = conversations.key AND superseded_at IS NULL) AS message_count,
  EXISTS (SELECT 1 FROM messages WHERE conversation_key = conversations.key AND state = 'running') AS running`

const kept = `deleted_at IS NULL AND (:key IS NULL OR (updated_at, key) < (:updated_at, :key))`

/** Lists conversations, the one spoken in last first. */
export function listConversations(
  database: ReadableDatabase,
  { words, after, limit }: ConversationQuery,
): ConversationRow[] {
  const place = { key: after?.key ?? null, updated_at: after?.updatedAt ?? null, limit }
  const order = 'ORDER BY updated_at DESC, key DESC LIMIT :limit'
  if (words.length === 0)
    return readAll(database, `SELECT ${columns} FROM conversations WHERE ${kept} ${order}`, place)
  const found = `key IN (SELECT rowid FROM conversations_fts WHERE conversations_fts MATCH :match)`
  const sql = `SELECT ${columns} FROM conversations WHERE ${kept} AND ${found} ${order}`
  return readAll(database, sql, { ...place, match: toMatch(words) })
}

/** A conversation, be it deleted or not; null where there is none. */
export function getConversation(database: ReadableDatabase, id: string): ConversationRow | null {
  return readOne(database, `SELECT ${columns} FROM conversations WHERE id = :id`, { id })
}

/** Begins a conversation; its key. */
export function insertConversation(
  database: WritableDatabase,
  conversation: { readonly id: string; readonly title: string; readonly now: number },
): number {
  const sql = `INSERT INTO conversations (id, title, titled_by, created_at, updated_at)
    VALUES (:id, :title, 'assistant', :now, :now) RETURNING key`
  const row = writeReturning<{ key: number }>(database, sql, { ...conversation })
  if (row === null) throw new Error('A conversation was not inserted.')
  return row.key
}

/** Gives a conversation a title. One that a person gave stays where the assistant would give another. */
export function titleConversation(
  database: WritableDatabase,
  key: number,
  title: string,
  by: 'assistant' | 'person',
): boolean {
  const sql = `UPDATE conversations SET title = :title, titled_by = :by
    WHERE key = :key AND (:by = 'person' OR titled_by = 'assistant')`
  return write(database, sql, { key, title, by }) === 1
}

/** Puts a conversation first. */
export function touchConversation(database: WritableDatabase, key: number, now: number): void {
  writeExactlyOne(database, 'UPDATE conversations SET updated_at = :now WHERE key = :key', { key, now })
}

/** Deletes a conversation, or brings it back where `at` is null. */
export function markConversationDeleted(database: WritableDatabase, key: number, at: number | null): void {
  writeExactlyOne(database, 'UPDATE conversations SET deleted_at = :at WHERE key = :key', { key, at })
}

/** All text stands in quotes, so nothing a person types is an operator. */
function toMatch(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word.replaceAll('"', '""').replaceAll('\0', ' ')}"`)
  return `${quoted.join(' AND ')} *`
}
