import { describe, expect, it } from 'vitest'
import { chatMessageSchema, type ChatMessage } from '../../../workers/language/openai/chat-request.ts'
import { isChange, joinChange } from '../../../workers/language/sketch/change.ts'
import { fillCall, generateInStyle } from '../../../workers/language/sketch/fill-call.ts'
import { findKnownTools } from '../../../workers/language/sketch/known-tools.ts'
import { readTranscript } from '../../../workers/language/sketch/transcript.ts'
import { assistantTools } from '../../support/language-requests.ts'

let calls = 0

function user(content: string): ChatMessage {
  return chatMessageSchema.parse({ role: 'user', content })
}

/** A call and its result. */
function called(name: string, given: object, result: unknown): ChatMessage[] {
  const id = `call_${(calls += 1)}`
  return [
    chatMessageSchema.parse({
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(given) } }],
    }),
    chatMessageSchema.parse({ role: 'tool', tool_call_id: id, content: JSON.stringify(result) }),
  ]
}

const boat = called(
  'generate',
  { prompt: 'a red boat', style: 'watercolor', aspect: 'landscape' },
  { ok: true, result: { generations: [{ id: '7', recipe: { seed: 42 } }] } },
)

function tool(name: string) {
  const found = findKnownTools(assistantTools()).find((known) => known.name === name)
  if (found === undefined) throw new Error(`There is no tool ${name}.`)
  return found
}

function fill(name: string, given: Record<string, unknown>, messages: ChatMessage[]) {
  return fillCall(tool(name), { name, arguments: given }, readTranscript(messages))?.arguments
}

describe('the situation', () => {
  const situation = (...messages: ChatMessage[]) => readTranscript([...messages, user('and now?')]).situation
  it('[language-situation] follows what the last call before the person’s words came to', () => {
    expect(situation()).toBe('none')
    expect(situation(...boat)).toBe('after_image')
    expect(situation(...boat, ...called('search_history', {}, { ok: true, result: {} }))).toBe(
      'after_results',
    )
    expect(situation(...called('get_styles', {}, { styles: [] }))).toBe('after_styles')
    expect(situation(...boat, ...called('apply_style', {}, { ok: true, result: {} }))).toBe('after_image')
    expect(situation(...boat, ...called('generate', {}, { ok: false, error: { code: 'queue_full' } }))).toBe(
      'after_error',
    )
    expect(situation(...called('generate', {}, 'Error: it failed'))).toBe('after_error')
  })

  it('counts only what came before: calls of the running turn are steps of it', () => {
    const transcript = readTranscript([user('a boat'), ...boat])
    expect(transcript.situation).toBe('none')
    expect(transcript.since.map(({ name }) => name)).toEqual(['generate'])
  })
})

describe('filling a call', () => {
  it('[language-filling] makes the last picture again where nothing else is said', () => {
    expect(fill('generate', {}, [user('a boat'), ...boat, user('again')])).toEqual({
      prompt: 'a red boat',
      style: 'watercolor',
      aspect: 'landscape',
    })
    expect(fill('generate', { count: 3 }, [user('a boat'), ...boat, user('three more')])).toMatchObject({
      prompt: 'a red boat',
      count: 3,
    })
  })

  it('[language-filling] joins a change with the words of the last picture, and leaves a new thing alone', () => {
    const after = (say: string, prompt: string) =>
      fill('generate', { prompt }, [user('x'), ...boat, user(say)])
    expect(after('at night please', 'at night')).toMatchObject({
      prompt: 'a red boat at night',
      style: 'watercolor',
    })
    expect(after('make it bigger', 'bigger')).toMatchObject({ prompt: 'a red boat, bigger' })
    expect(after('I want a dog after all', 'a dog')).toEqual({ prompt: 'a dog' })
    expect(after('add a lighthouse', 'a lighthouse')).toMatchObject({ prompt: 'a red boat, a lighthouse' })
  })

  it('asks rather than makes a picture of nothing', () => {
    expect(fill('generate', {}, [user('make one')])).toBeUndefined()
    expect(fill('enhance_prompt', {}, [user('better')])).toBeUndefined()
    expect(fill('enhance_prompt', {}, [user('x'), ...boat, user('better')])).toEqual({
      user_input: 'a red boat',
    })
  })

  it('means the last picture where none is named', () => {
    expect(fill('analyze_image', {}, [user('x'), ...boat, user('what is in it?')])).toEqual({
      generation: 'last',
    })
    expect(fill('analyze_image', { generation: '2' }, [user('x'), ...boat, user('in 2?')])).toEqual({
      generation: '2',
    })
    expect(fill('apply_style', { style_name: 'oil' }, [user('x'), ...boat, user('in oil')])).toEqual({
      style_name: 'oil',
      generation: 'last',
    })
  })

  it('[language-style-follows] makes the picture after a style was found, with its own words, the style and its seed', () => {
    const result = {
      ok: true,
      result: { style: 'Oil painting', own_prompt: 'a red boat', prompt: 'oil of a red boat' },
    }
    const transcript = readTranscript([
      user('x'),
      ...boat,
      user('in oil'),
      ...called('apply_style', { style_name: 'oil' }, result),
    ])
    const applied = transcript.since.at(-1)
    if (applied === undefined) throw new Error('It was called.')
    expect(generateInStyle(tool('generate'), applied, transcript)?.arguments).toEqual({
      prompt: 'a red boat',
      style: 'Oil painting',
      aspect: 'landscape',
      seed: 42,
    })
  })
})

describe('a change of the last picture', () => {
  it.each([
    ['bigger hat', 'bigger hat', true],
    ['ok but make the background a library', 'the background a library', true],
    ['Now I want {P}', 'a fox in the snow', false],
    ['same composition, colder', 'same composition, colder', true],
    ['Great, now do a castle to match', 'a castle', false],
  ])('%s', (say, prompt, change) => {
    expect(isChange(say, prompt)).toBe(change)
  })

  it('says nothing twice', () => {
    expect(joinChange('a red boat at night', 'at night')).toBe('a red boat at night')
    expect(joinChange('', 'at night')).toBe('at night')
  })
})
