import type { ChatMessage, Conversation } from '../../../contracts/entities/conversation.ts'
import { errorTable, ProductError, toErrorBody } from '../../../contracts/errors.ts'
import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import {
  getConversation,
  insertConversation,
  titleConversation,
  touchConversation,
  type ConversationRow,
} from '../../storage/conversations.ts'
import {
  endRunningMessages,
  insertMessage,
  listMessages,
  resumeMessage,
  supersedeMessages,
  updateMessage,
} from '../../storage/messages.ts'
import type { EventBus } from '../event-bus.ts'
import { toColumns, toConversation, toMessage } from './conversation-views.ts'

interface TranscriptParts {
  readonly database: WritableDatabase
  readonly events: EventBus
}

/** What a turn of the assistant reads and writes of conversations. */
export class Transcript {
  readonly #parts: TranscriptParts

  constructor(parts: TranscriptParts) {
    this.#parts = parts
  }

  /**
   * What was said so far, oldest first; null where the conversation does not exist yet.
   *
   * @throws ProductError `conversation_not_found` where it was deleted
   */
  read(id: string): ChatMessage[] | null {
    const row = getConversation(this.#parts.database, id)
    if (row === null) return null
    if (row.deleted_at !== null) throw new ProductError('conversation_not_found')
    return listMessages(this.#parts.database, row.key).map(toMessage)
  }

  /**
   * Puts messages at the end of a conversation, all or none of them, and begins it where it is new.
   *
   * @param supersededFrom the first message that they take the place of, with all that followed it
   * @param running the message among them that is still worked on
   */
  append(
    id: string,
    messages: readonly ChatMessage[],
    options: { title: string; supersededFrom: string | null; running: string },
  ): void {
    const { database } = this.#parts
    const now = Date.now()
    transaction(database, () => {
      const key =
        getConversation(database, id)?.key ?? insertConversation(database, { id, title: options.title, now })
      if (options.supersededFrom !== null) this.#supersede(key, options.supersededFrom, now)
      for (const message of messages)
        insertMessage(database, {
          conversation_key: key,
          id: message.id,
          role: message.role,
          state: message.id === options.running ? 'running' : 'ended',
          created_at: now,
          ...toColumns(message),
        })
      touchConversation(database, key, now)
    })
    this.#tell(id)
  }

  /** Takes up an answer again that waits for a person. */
  resume(id: string, message: ChatMessage): void {
    resumeMessage(this.#parts.database, {
      conversation_key: this.#require(id).key,
      id: message.id,
      settled_parts: message.parts.length,
      parts: JSON.stringify(message.parts),
      metadata: JSON.stringify(message.metadata),
    })
    this.#tell(id)
  }

  /** Stores how far an answer is. */
  save(id: string, message: ChatMessage, state: 'running' | 'ended'): void {
    const { key } = this.#require(id)
    updateMessage(this.#parts.database, {
      conversation_key: key,
      id: message.id,
      state,
      ...toColumns(message),
    })
    if (state === 'running') return
    touchConversation(this.#parts.database, key, Date.now())
    this.#tell(id)
  }

  /** Gives a conversation the assistant's title; false where a person gave it one. */
  title(id: string, title: string): boolean {
    const done = titleConversation(this.#parts.database, this.#require(id).key, title, 'assistant')
    if (done) this.#tell(id)
    return done
  }

  /** Says of every answer that was cut off by the end of the program that it was; for the start. */
  recover(): number {
    const { database } = this.#parts
    const error = toErrorBody(new ProductError('turn_interrupted'), null)
    const { summary, advice } = errorTable.turn_interrupted
    const notice = {
      type: 'data-notice' as const,
      data: { level: 'warning' as const, code: 'turn_interrupted' as const, message: `${summary} ${advice}` },
    }
    return transaction(database, () => {
      const rows = endRunningMessages(database)
      for (const row of rows) {
        const message = toMessage(row)
        const parts = message.parts.map((part) =>
          part.type === 'dynamic-tool' && /^(?:input|approval)/.test(part.state)
            ? { ...part, state: 'output-available', input: part.input ?? {}, output: { ok: false, error } }
            : part,
        )
        const ended = {
          ...message,
          parts: [...parts, notice],
          metadata: { ...message.metadata, finish: 'interrupted' as const, error },
        }
        updateMessage(database, { ...row, state: 'ended', ...toColumns(ended) })
      }
      return rows.length
    })
  }

  #supersede(key: number, from: string, now: number): void {
    const first = listMessages(this.#parts.database, key).find(({ id }) => id === from)
    if (first === undefined) throw new ProductError('message_not_found')
    supersedeMessages(this.#parts.database, key, first.key, now)
  }

  #tell(id: string): void {
    const conversation: Conversation = toConversation(this.#require(id))
    this.#parts.events.publish(
      { type: 'conversation-changed', conversation },
      `The conversation "${conversation.title}" went on.`,
    )
  }

  #require(id: string): ConversationRow {
    const row = getConversation(this.#parts.database, id)
    if (row === null) throw new ProductError('conversation_not_found')
    return row
  }
}
