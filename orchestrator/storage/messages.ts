import {
  readAll,
  write,
  writeExactlyOne,
  writeReturningAll,
  type ReadableDatabase,
  type WritableDatabase,
} from './connection.ts'

/** A message of a conversation as it is stored; `parts` and `metadata` are JSON. */
export interface MessageRow {
  readonly key: number
  readonly conversation_key: number
  readonly id: string
  readonly role: 'user' | 'assistant'
  /** `running` while the assistant still works on it. */
  readonly state: 'running' | 'ended'
  readonly parts: string
  readonly metadata: string
  /** What search looks at. */
  readonly text: string
  /** While it runs: how many of its parts were there before the turn at work. */
  readonly settled_parts: number
  readonly created_at: number
}

const columns = 'key, conversation_key, id, role, state, parts, metadata, text, settled_parts, created_at'

/** The messages of a conversation, oldest first, without those that were superseded. */
export function listMessages(database: ReadableDatabase, conversationKey: number): MessageRow[] {
  const sql = `SELECT ${columns} FROM messages
    WHERE conversation_key = :key AND superseded_at IS NULL ORDER BY messages.key`
  return readAll(database, sql, { key: conversationKey })
}

/** Adds a message at the end of its conversation. */
export function insertMessage(
  database: WritableDatabase,
  message: Omit<MessageRow, 'key' | 'settled_parts'>,
): void {
  const sql = `INSERT INTO messages (conversation_key, id, role, state, parts, metadata, text, created_at)
    VALUES (:conversation_key, :id, :role, :state, :parts, :metadata, :text, :created_at)`
  writeExactlyOne(database, sql, { ...message })
}

/** Stores what a message has become. */
export function updateMessage(
  database: WritableDatabase,
  message: Pick<MessageRow, 'conversation_key' | 'id' | 'state' | 'parts' | 'metadata' | 'text'>,
): void {
  const sql = `UPDATE messages SET state = :state, parts = :parts, metadata = :metadata, text = :text
    WHERE conversation_key = :conversation_key AND id = :id AND superseded_at IS NULL`
  writeExactlyOne(database, sql, { ...message })
}

/** Takes a message up again that had ended; what it says so far is settled. */
export function resumeMessage(
  database: WritableDatabase,
  message: Pick<MessageRow, 'conversation_key' | 'id' | 'parts' | 'metadata' | 'settled_parts'>,
): void {
  const sql = `UPDATE messages
    SET state = 'running', parts = :parts, metadata = :metadata, settled_parts = :settled_parts
    WHERE conversation_key = :conversation_key AND id = :id AND superseded_at IS NULL`
  writeExactlyOne(database, sql, { ...message })
}

/** Takes a message and all that follow it out of the conversation; they are kept as superseded. */
export function supersedeMessages(
  database: WritableDatabase,
  conversationKey: number,
  from: number,
  now: number,
): number {
  const sql = `UPDATE messages SET superseded_at = :now
    WHERE conversation_key = :conversation_key AND key >= :from AND superseded_at IS NULL`
  return write(database, sql, { conversation_key: conversationKey, from, now })
}

/** Ends every message that was still worked on, and gives them; for a start after a crash. */
export function endRunningMessages(database: WritableDatabase): MessageRow[] {
  return writeReturningAll(
    database,
    `UPDATE messages SET state = 'ended' WHERE state = 'running' RETURNING ${columns}`,
  )
}
