import { describe, expect, test } from 'vitest'
import { closingOf } from '../../../assistant/closing.ts'
import { resolveReferences } from '../../../assistant/tools/resolve-references.ts'
import { tidyTitle, titleFrom } from '../../../assistant/title.ts'
import { picturesOf } from '../../../contracts/chat-pictures.ts'
import type { MessagePart } from '../../../contracts/entities/conversation.ts'

describe('the title of a conversation', () => {
  test.each([
    ['draw me a red boat on the sea', 'A red boat on the sea'],
    ['Please, can you paint a house?', 'A house'],
    ['hello', 'Hello'],
    ['draw', 'Draw'],
    ['  \n ', 'New conversation'],
    ['???', 'New conversation'],
    [`a boat ${'on the wide sea '.repeat(9)}`, 'A boat on the wide sea on the wide sea on the wide sea on…'],
    ['猫を描いて', '猫を描いて'],
  ])('[assistant-titles] of %j is %j', (said, title) => {
    expect(titleFrom(said)).toBe(title)
  })

  test.each([
    ['"Red boats at sea"', 'Red boats at sea'],
    ['Title: Boats\nIt is a good one.', 'Boats'],
    ['', null],
    ['***', null],
    ['x '.repeat(300), null],
  ])('[assistant-titles] that a model wrote as %j is %j', (written, title) => {
    expect(tidyTitle(written)).toBe(title)
  })
})

describe('the pictures of a conversation', () => {
  const call = (toolName: string, ids: string[]): MessagePart => ({
    type: 'dynamic-tool',
    toolName,
    toolCallId: ids.join(),
    state: 'output-available',
    input: {},
    output: { ok: true, result: { generations: ids.map((id) => ({ id })) } },
  })
  const progress: MessagePart = {
    type: 'data-progress',
    data: { tool_call_id: '1', generations: ['50'], message: 'Making pictures' },
  }

  test('[assistant-numbers] are numbered as they appear, made or found, each once', () => {
    const messages = [
      { parts: [call('generate', ['30', '40'])] },
      { parts: [call('search_history', ['40', '10']), progress] },
    ]
    expect(picturesOf(messages)).toEqual(['30', '40', '10', '50'])
  })

  const pictures = ['1001', '1002', '1003']
  const attached = 'a'.repeat(64)
  test.each([
    ['2', '1002'],
    ['number 3', '1003'],
    ['#1', '1001'],
    ['picture 2', '1002'],
    ['last', '1003'],
    ['the last one', '1003'],
    ['1838464947430400', '1838464947430400'],
  ])('[assistant-numbers] %j is %s', (named, generation) => {
    expect(resolveReferences('generate', { generation: named }, { pictures, attached })).toEqual({
      generation,
    })
  })

  test('[assistant-numbers] one that is not there is refused, and none is the newest where one is needed', () => {
    const given = { pictures, attached }
    expect(() => resolveReferences('generate', { generation: '4' }, given)).toThrow('There are 3.')
    expect(resolveReferences('analyze_image', {}, given)).toEqual({ generation: '1003' })
    expect(resolveReferences('generate', { prompt: 'a boat' }, given)).toEqual({ prompt: 'a boat' })
    expect(resolveReferences('analyze_image', {}, { pictures: [], attached })).toEqual({})
    expect(resolveReferences('analyze_image', { init_image: 'attached' }, given)).toEqual({
      init_image: attached,
    })
  })

  test('[assistant-words] nothing is said of words where all are known', () => {
    expect(closingOf({ parts: [call('search_history', ['1'])] })).toEqual({
      notices: [],
      suggestions: [{ label: 'What is in it?', say: 'what is in the last one?' }],
    })
  })
})
