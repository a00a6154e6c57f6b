import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEditToText } from '../../../contracts/prompt-edits.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import { write } from '../../../orchestrator/storage/connection.ts'
import { codeOf } from '../domain/support.ts'
import { openEnhancer, real, sketch } from './support.ts'

const presets = [sketch(), real('sd1'), real('sdxl'), real('flux'), real('sd3'), real('unknown')]
const { enhance } = openEnhancer(presets)
const added = async (user_input: string, preset = 'sd1', more: object = {}) =>
  (await enhance({ user_input, preset, ...more })).edits
    .filter(({ target }) => target === 'prompt')
    .map(({ text }) => text)

/** What nobody wants in the same picture. */
const contradictions: [said: RegExp, added: RegExp][] = [
  [/\b(night|midnight|moonlit)\b/i, /daylight|morning|sun/],
  [/\b(painting|watercolou?r|sketch|anime|woodcut)\b/i, /photo|sharp focus/],
  [/\b(photo|photograph|polaroid)\b/i, /painting|drawing/],
  [/\b(black and white|monochrome|greyscale)\b/i, /vivid|natural color|warm|colorful/],
  [/\b(close-?up|macro|headshot)\b/i, /wide/],
  [/\b(blurry|soft focus|dreamy)\b/i, /sharp|highly detailed/],
  [/\b(kitchen|bedroom|library|interior)\b/i, /meadow|sea\b|hills|outer space|daylight/],
  [/\b(icon|logo|pixel art)\b/i, /light|photo|meadow|wide|sharp/],
]

describe('enhance_prompt', () => {
  test.each<[string, string[]]>([
    [
      'a boat',
      [
        'on the calm sea',
        'warm morning light',
        'natural color photo',
        'wide view',
        'sharp focus, highly detailed',
      ],
    ],
    ['a boat on the sea at sunset', ['natural color photo', 'wide view', 'sharp focus, highly detailed']],
    ['oil painting of a castle by night, wide view, intricate', ['on rolling hills']],
    ['a logo of a fox', []],
    ['portrait of an old man', ['soft side lighting', 'natural color photo', 'sharp focus, highly detailed']],
    [
      'a cat, no grass, not in a meadow',
      ['soft daylight', 'natural color photo', 'centered composition', 'sharp focus, highly detailed'],
    ],
    ['abstract colorful shapes', []],
    [
      'a boat without people or sea',
      ['soft daylight', 'natural color photo', 'wide view', 'sharp focus, highly detailed'],
    ],
  ])('[prompts-enhance] to %j it adds what is missing', async (prompt, expected) => {
    expect(await added(prompt)).toEqual(expected)
  })

  test('[prompts-enhance] says who did it, keeps the words, and gives each change with its reason', async () => {
    const result = await enhance({ user_input: '  A Boat!', preset: 'sd1' })
    expect(result).toMatchObject({ enhancer: 'rules', preset: 'sd1', unknown_words: [] })
    expect(result.prompt.startsWith('  A Boat! on the calm sea, ')).toBe(true)
    expect(result.note).toContain(
      'by rules and without a language model: place, light, medium, composition, detail',
    )
    for (const { reason } of result.edits) expect(reason).toMatch(/^[A-Z].*\.$/)
    expect(await enhance({ user_input: '  A Boat!', preset: 'sd1' })).toEqual(result)
  })

  test('[prompts-vocabulary] for the built-in model it adds words it knows and names those it does not', async () => {
    const result = await enhance({ user_input: 'a submarine with a periscope', preset: sketch().id })
    expect(result.edits.map(({ text }) => text)).toEqual(['on the sea', 'clear daylight'])
    expect(result.unknown_words).toEqual(['submarine', 'periscope'])
    expect(result.note).toContain('MystiCanvas Sketch does not know: submarine, periscope.')
  })

  test('[prompts-vocabulary] negative prompts are for families that heed them', async () => {
    const negative = async (preset: string, user_input = 'a man on a street', more: object = {}) =>
      (await enhance({ user_input, preset, ...more })).negative_prompt
    expect(await negative('sd1')).toBe('blurry, low quality, watermark, text, deformed hands, extra fingers')
    expect(await negative('sd3')).toBe('blurry')
    expect(await negative('flux')).toBe('')
    expect(await negative('unknown')).toBe('')
    expect(await negative(sketch().id)).toBe('')
    // What the prompt asks for, or is there already, is not added.
    expect(await negative('sdxl', 'a blurry poster with text')).toBe('')
    expect(await negative('sdxl', 'a boat', { negative_prompt: 'fog, low quality, Blurry' })).toBe(
      'fog, low quality, Blurry, watermark, text',
    )
    const distilled = openEnhancer([real('sdxl', 1)])
    expect((await distilled.enhance({ user_input: 'a man' })).negative_prompt).toBe('')
  })

  test('[prompts-enhance] what the negative prompt refuses is not added', async () => {
    expect(await added('a boat', 'sd1', { negative_prompt: 'sea, photo' })).not.toContain('on the calm sea')
    expect((await added('a boat', 'sd1', { negative_prompt: 'sea, photo' })).join()).not.toContain('photo')
  })

  test('[prompts-enhance] the name of a style of the library says how it is drawn', async () => {
    const { database, enhance: withStyles } = openEnhancer(presets)
    const texts = async () =>
      (await withStyles({ user_input: 'a boat, risograph', preset: 'sd1' })).edits.map(({ text }) => text)
    expect(await texts()).toContain('natural color photo')
    write(
      database,
      `INSERT INTO styles (name, normalized_name, prompt_template, source, search_text, created_at, updated_at)
       VALUES ('Risograph', 'risograph', '{prompt}', 'own', 'risograph', 0, 0)`,
    )
    expect(await texts()).not.toContain('natural color photo')
  })

  test.each([
    'ein Boot auf dem Meer',
    'un chat sur la plage',
    '猫の写真',
    'кошка на крыше',
    '!!!',
    '😀 😀',
    '1234',
  ])('[prompts-any-text] %j is left as it is, and the note says why', async (user_input) => {
    const result = await enhance({ user_input, preset: 'sd1' })
    expect(result).toMatchObject({ prompt: user_input, edits: [] })
    expect(result.note).toMatch(/^Nothing was added: /)
  })

  test('[prompts-any-text] nothing, and more than fits, are refused', async () => {
    for (const user_input of ['', ' \n ', 'x'.repeat(4001)])
      expect(await codeOf(() => enhance({ user_input }))).toBe('invalid_input')
    expect(await codeOf(() => enhance({ user_input: 'a boat', surprise: 1 }))).toBe('invalid_input')
  })

  test('[prompts-any-text] a prompt that is nearly full stays within the limit', async () => {
    const { prompt } = await enhance({ user_input: `a boat ${'x'.repeat(3975)}`, preset: 'sd1' })
    expect(prompt.length).toBeLessThanOrEqual(4000)
    expect(prompt.endsWith(', on the calm sea')).toBe(true)
  })
})

const words = [
  ...'a the of in on at no not without boat cat knight dragon castle tree kitchen space night midnight sunset photo painting'.split(
    ' ',
  ),
  ...'watercolor anime icon macro portrait blurry detailed monochrome street, <lora:x:1> (masterpiece:1.2) [a|b] . | BREAK'.split(
    ' ',
  ),
  'pixel art',
  'black and white',
  'close-up',
  'soft focus',
  'oil painting',
  'wide angle',
]
const prompts = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
)

test('[prompts-enhance] [prompts-any-text] whatever is typed: words kept, nothing contradicted, nothing unknown, nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(prompts, fc.constantFrom(...presets), async (user_input, { id: preset, vocabulary }) => {
      fc.pre(user_input.trim() !== '')
      const result = await enhance({ user_input, preset })
      expect(result.prompt.startsWith(user_input.trimEnd())).toBe(true)
      const made = result.edits.filter(({ target }) => target === 'prompt')
      expect(made.reduce((text, edit) => applyEditToText(text, edit), user_input)).toBe(result.prompt)
      const addition = result.prompt.slice(user_input.trimEnd().length)
      const positive = user_input.replaceAll(/\b(no|not|without)\b[^,.|]*/gi, '')
      const contradicted = contradictions.filter(
        ([said, contrary]) => said.test(positive) && contrary.test(addition),
      )
      expect(contradicted).toEqual([])
      expect(vocabulary === null ? [] : sortPromptWords(addition, vocabulary).unknown).toEqual([])
      const again = await enhance({
        user_input: result.prompt,
        negative_prompt: result.negative_prompt,
        preset,
      })
      expect(again.edits).toEqual([])
      expect(again.prompt).toBe(result.prompt)
    }),
    { numRuns: 400 },
  )
})
