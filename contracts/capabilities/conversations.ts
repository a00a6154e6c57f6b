import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import {
  chatMessageSchema,
  conversationIdSchema,
  conversationSchema,
  conversationTitleSchema,
} from '../entities/conversation.ts'

const conversationInput = z.strictObject({ conversation: conversationIdSchema })

export const listConversations = defineCapability({
  name: 'list_conversations',
  title: 'List conversations',
  description: 'Lists conversations with the assistant, the one spoken in last first, one page at a time.',
  input: z.strictObject({
    query: z
      .string()
      .max(200)
      .optional()
      .describe('Only those in whose title or texts all these words occur; the last may be a beginning.'),
    cursor: z
      .string()
      .regex(/^\d{1,15}-\d{1,15}$/, 'Not a cursor of conversations.')
      .optional()
      .describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    conversations: z.array(conversationSchema),
    next_cursor: z.string().nullable().describe('Give this as `cursor` for the next page; null at the end.'),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/conversations' },
})

export const getConversation = defineCapability({
  name: 'get_conversation',
  title: 'Read a conversation',
  description: 'Gives a conversation with its messages, oldest first, without those that were superseded.',
  input: conversationInput,
  output: conversationSchema.extend({ messages: z.array(chatMessageSchema) }),
  errors: ['conversation_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/conversations/:conversation' },
})

export const renameConversation = defineCapability({
  name: 'rename_conversation',
  title: 'Rename a conversation',
  description: 'Gives a conversation another title.',
  input: conversationInput.extend({ title: conversationTitleSchema }),
  output: conversationSchema,
  errors: ['conversation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'PATCH', path: '/api/conversations/:conversation' },
})

export const deleteConversation = defineCapability({
  name: 'delete_conversation',
  title: 'Delete a conversation',
  description:
    'Takes a conversation away; restore_conversation brings it back. Its pictures stay. A running turn is stopped.',
  input: conversationInput,
  output: conversationSchema,
  errors: ['conversation_not_found'],
  effect: 'destructive',
  surfaces: ['rest'],
  route: { method: 'DELETE', path: '/api/conversations/:conversation' },
})

export const restoreConversation = defineCapability({
  name: 'restore_conversation',
  title: 'Bring a conversation back',
  description: 'Brings back a conversation that was deleted.',
  input: conversationInput,
  output: conversationSchema,
  errors: ['conversation_not_found'],
  effect: 'write',
  surfaces: ['rest'],
  route: { method: 'POST', path: '/api/conversations/:conversation/restore' },
})

export const exportConversation = defineCapability({
  name: 'export_conversation',
  title: 'Export a conversation',
  description: 'Gives a conversation as a file: Markdown to read, or JSON with every part.',
  input: conversationInput.extend({ format: z.enum(['markdown', 'json']).default('markdown') }),
  output: z.strictObject({ filename: z.string(), text: z.string() }),
  errors: ['conversation_not_found'],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/conversations/:conversation/export' },
})
