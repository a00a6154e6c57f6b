import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Conversation } from '../../../contracts/entities/conversation.ts'
import { ProductError } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import {
  getConversation,
  listConversations,
  markConversationDeleted,
  titleConversation,
  type ConversationRow,
} from '../../storage/conversations.ts'
import { listMessages } from '../../storage/messages.ts'
import type { EventBus } from '../event-bus.ts'
import { toConversation, toShownMessage } from './conversation-views.ts'
import { exportAs } from './export-conversation.ts'

interface ConversationParts {
  readonly database: WritableDatabase
  readonly events: EventBus
}

/** What people do with conversations: find, read, name, delete and export them. */
export class ConversationService {
  readonly #parts: ConversationParts

  constructor(parts: ConversationParts) {
    this.#parts = parts
  }

  list({ query, cursor, limit }: CheckedInput<'list_conversations'>): CapabilityOutput<'list_conversations'> {
    const words = query?.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
    // What has no word in it finds nothing, and not everything.
    if (words.length === 0 && (query ?? '').trim() !== '') return { conversations: [], next_cursor: null }
    const [updatedAt, key] = (cursor ?? '').split('-').map(Number)
    const after = updatedAt === undefined || key === undefined ? null : { updatedAt, key }
    const found = listConversations(this.#parts.database, { words, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      conversations: page.map(toConversation),
      next_cursor: found.length > limit && last !== undefined ? `${last.updated_at}-${last.key}` : null,
    }
  }

  get(id: string): CapabilityOutput<'get_conversation'> {
    const row = this.#require(id)
    const messages = listMessages(this.#parts.database, row.key).map(toShownMessage)
    return { ...toConversation(row), messages }
  }

  rename({ conversation, title }: CheckedInput<'rename_conversation'>): Conversation {
    titleConversation(this.#parts.database, this.#require(conversation).key, title, 'person')
    return this.#tell(conversation, `The conversation is called "${title}" now.`)
  }

  /** Whoever answers in it stops as the event is told. */
  delete(id: string): Conversation {
    const row = this.#require(id)
    markConversationDeleted(this.#parts.database, row.key, Date.now())
    this.#parts.events.publish(
      { type: 'conversation-deleted', conversation: id },
      'A conversation was deleted.',
    )
    return { ...toConversation(row), running: false }
  }

  restore(id: string): Conversation {
    const row = getConversation(this.#parts.database, id)
    if (row === null) throw new ProductError('conversation_not_found')
    markConversationDeleted(this.#parts.database, row.key, null)
    return this.#tell(id, 'A conversation was brought back.')
  }

  export({
    conversation,
    format,
  }: CheckedInput<'export_conversation'>): CapabilityOutput<'export_conversation'> {
    return exportAs(this.get(conversation), format)
  }

  #tell(id: string, message: string): Conversation {
    const conversation = toConversation(this.#require(id))
    this.#parts.events.publish({ type: 'conversation-changed', conversation }, message)
    return conversation
  }

  #require(id: string): ConversationRow {
    const row = getConversation(this.#parts.database, id)
    if (row === null || row.deleted_at !== null) throw new ProductError('conversation_not_found')
    return row
  }
}
