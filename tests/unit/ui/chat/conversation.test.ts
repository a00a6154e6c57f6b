import { shallowRef } from 'vue'
import { describe, expect, test } from 'vitest'
import { chatRequestSchema } from '../../../../contracts/chat.ts'
import { ProductError, toErrorBody } from '../../../../contracts/errors.ts'
import type { PromptEdit } from '../../../../contracts/entities/prompt-edit.ts'
import { createChatDraft, draftOf } from '../../../../ui/chat/chat-draft.ts'
import { failureOf, resultOf, type ChatMessage, type ToolPart } from '../../../../ui/chat/chat-message.ts'
import { requestOf } from '../../../../ui/chat/chat-transport.ts'
import { keepUnchanged } from '../../../../ui/chat/keep-unchanged.ts'
import { numberPictures } from '../../../../ui/chat/picture-numbers.ts'
import { sentenceOfDraft } from '../../../../ui/chat/sentences.ts'
import { generation, recipe } from '../support.ts'
import { answered, called, said } from './support.ts'

const conversation = 'a3f1c1de-6c1e-4c39-8a1d-0d8a8f2a0001'
const dusk: PromptEdit = {
  action: 'add',
  target: 'prompt',
  parameter: null,
  text: 'at dusk',
  replaces: null,
  reason: 'Nothing says when.',
}

describe('a conversation on the page', () => {
  test('[chat-numbers] pictures are numbered in the order they appear, made or found, each once', () => {
    const messages = [
      said('draw a boat'),
      answered(called('generate', {}, { generations: [generation(7), generation(8)] })),
      answered(called('search_history', {}, { generations: [generation(3), generation(8)] })),
    ]
    expect([...numberPictures(messages)]).toEqual([
      ['7', 1],
      ['8', 2],
      ['3', 3],
    ])
  })

  test('[chat-numbers] a picture has its number from the moment it is queued', () => {
    const part: ToolPart = {
      type: 'dynamic-tool',
      toolName: 'generate',
      toolCallId: 'call',
      state: 'input-available',
      input: {},
    }
    const progress = { tool_call_id: 'call', generations: ['5'], message: 'Making a picture' }
    expect([...numberPictures([answered(part, { type: 'data-progress', data: progress })])]).toEqual([
      ['5', 1],
    ])
  })

  test('[chat-stream] only the newest message travels, and an answer made anew is named', () => {
    const [first, second] = [said('one'), said('two')]
    const sent = requestOf(conversation, [first, second], 'submit-message', undefined)
    expect(chatRequestSchema.parse(sent)).toMatchObject({ id: conversation, message: { id: second.id } })
    const edited = requestOf(conversation, [first, second], 'submit-message', first.id)
    expect(edited.message?.id).toBe(first.id)
    expect(chatRequestSchema.parse(requestOf(conversation, [first], 'regenerate-message', 'answer'))).toEqual(
      {
        id: conversation,
        trigger: 'regenerate-message',
        message_id: 'answer',
      },
    )
  })

  test('[chat-large] messages that did not change stay the same objects', () => {
    const before = [said('one'), answered({ type: 'text', text: 'two' })]
    const now: ChatMessage[] = structuredClone(before)
    now[1] = { ...before[1], parts: [{ type: 'text', text: 'two and more' }] } as ChatMessage
    const kept = keepUnchanged(before, [...now, said('three')])
    expect(kept[0]).toBe(before[0])
    expect(kept[1]).not.toBe(before[1])
    expect(kept).toHaveLength(3)
  })

  test('[chat-tools] a result is one only where the call went well, and a failure keeps its request id', () => {
    const good = called('generate', {}, { generations: [], estimate: null })
    expect(resultOf(good, 'generate')).toEqual({ generations: [], estimate: null })
    expect(resultOf(good, 'search_history')).toBeUndefined()
    const error = toErrorBody(new ProductError('style_not_found'), 'request-9')
    const bad = { ...good, output: { ok: false, error } } as ToolPart
    expect(resultOf(bad, 'generate')).toBeUndefined()
    expect(failureOf(bad)).toMatchObject({ code: 'style_not_found', request_id: 'request-9' })
    expect(failureOf({ ...good, output: 'nonsense' } as ToolPart)?.code).toBe('internal_error')
    expect(failureOf(good)).toBeUndefined()
  })
})

describe('the draft of a conversation', () => {
  const watercolor = generation(2, {
    recipe: {
      ...recipe,
      prompt: 'a red boat, watercolor',
      own_prompt: 'a red boat',
      style: 'Watercolor',
      width: 192,
    },
  })

  test('[chat-draft] is the newest picture, in a person’s own words, and asks for it again', () => {
    const messages = shallowRef<ChatMessage[]>([])
    const { draft } = createChatDraft(messages)
    expect(draft.value).toBeNull()
    messages.value = [
      answered(called('generate', {}, { generations: [generation(1)] })),
      answered(called('generate', {}, { generations: [watercolor] })),
    ]
    expect(draft.value).toMatchObject({ prompt: 'a red boat', style: 'Watercolor', seed: null })
    expect(sentenceOfDraft(draftOf(watercolor))).toBe('Draw a red boat, Watercolor style, landscape')
  })

  test('[chat-draft] takes changes, undoes them, and lets them go with the next picture', () => {
    const messages = shallowRef([answered(called('generate', {}, { generations: [generation(1)] }))])
    const { draft, edits, change, undo } = createChatDraft(messages)
    change(dusk)
    expect(draft.value?.prompt).toBe('a red boat, at dusk')
    expect(edits.value).toEqual([dusk])
    undo()
    expect(draft.value?.prompt).toBe('a red boat')
    change(dusk)
    messages.value = [...messages.value, answered(called('generate', {}, { generations: [watercolor] }))]
    expect(edits.value).toEqual([])
    expect(draft.value?.style).toBe('Watercolor')
  })

  test('[chat-draft] without a picture it begins with the words that were to be improved', () => {
    const enhanced = called(
      'enhance_prompt',
      { user_input: 'a tree' },
      { prompt: 'a tree, at noon', edits: [] },
    )
    const { draft } = createChatDraft(shallowRef([answered(enhanced)]))
    expect(draft.value?.prompt).toBe('a tree')
  })
})
