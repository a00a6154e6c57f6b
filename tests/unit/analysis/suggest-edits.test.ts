import { describe, expect, test } from 'vitest'
import type { Measurements } from '../../../contracts/entities/analysis.ts'
import { promptEditSchema } from '../../../contracts/entities/prompt-edit.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import { suggestEdits, type Request } from '../../../orchestrator/domain/analysis/suggest-edits.ts'

const ordinary: Measurements = {
  width: 128,
  height: 128,
  orientation: 'square',
  aspect_ratio: 1,
  brightness: 0.6,
  contrast: 0.2,
  saturation: 0.3,
  sharpness: 0.4,
  entropy: 7,
  shadows_clipped: 0,
  highlights_clipped: 0,
  blank_area: 0.1,
  transparency: 0,
  blank: false,
}
const boat: Request = { prompt: 'a red boat', negative_prompt: '', steps: 20, guidance: 7 }
const smallWorld = { words: ['clear', 'daylight', 'dusk', 'night', 'midnight', 'castle'], examples: [] }

const suggest = (
  measured: Partial<Measurements>,
  request: Partial<Request> | null = {},
  vocabulary: typeof smallWorld | null = null,
) =>
  suggestEdits({
    measured: { ...ordinary, ...measured },
    request: request === null ? null : { ...boat, ...request },
    vocabulary,
  })

const inShort = (edits: ReturnType<typeof suggest>) =>
  edits.map(({ action, target, parameter, text, replaces }) =>
    [action, parameter ?? target, ...(replaces === null ? [] : [replaces]), text].join(' | '),
  )

describe('suggestions', () => {
  test.each<[string, Partial<Measurements>, Partial<Request>, string[]]>([
    ['an ordinary picture', {}, {}, []],
    ['a dark one', { brightness: 0.2 }, {}, ['add | prompt | bright daylight']],
    ['a dark night', { brightness: 0.2 }, { prompt: 'a boat at Night' }, ['replace | prompt | night | dusk']],
    ['a dark noir', { brightness: 0.2 }, { prompt: 'a noir boat' }, []],
    ['a washed-out one', { highlights_clipped: 0.4 }, {}, ['add | prompt | soft evening light']],
    ['snow', { highlights_clipped: 0.4 }, { prompt: 'a boat in snow' }, []],
    ['a dull one', { contrast: 0.03 }, {}, ['add | prompt | dramatic light, strong contrast']],
    ['fog', { contrast: 0.03 }, { prompt: 'a boat in fog' }, []],
    ['a grey one', { saturation: 0.01 }, {}, ['add | prompt | vivid colors']],
    ['a grey one that was asked for', { saturation: 0.01 }, { prompt: 'a black and white boat' }, []],
    [
      'a grey one whose negative prompt refuses colour',
      { saturation: 0.01 },
      { negative_prompt: 'blurry, vivid' },
      ['remove | negative_prompt | vivid'],
    ],
    ['a soft one', { sharpness: 0.05 }, {}, ['replace | steps | 20 | 30', 'add | prompt | sharp focus']],
    ['a soft one with enough steps', { sharpness: 0.05 }, { steps: 40 }, ['add | prompt | sharp focus']],
    [
      'a soft one of a distilled model',
      { sharpness: 0.05 },
      { steps: 4, guidance: 1 },
      ['add | prompt | sharp focus'],
    ],
    [
      'a burnt one',
      { shadows_clipped: 0.2, highlights_clipped: 0.2 },
      { guidance: 15 },
      ['replace | guidance | 15 | 7'],
    ],
    ['an empty one', { blank_area: 0.8 }, {}, ['add | prompt | detailed background']],
    ['an icon', { blank_area: 0.8 }, { prompt: 'a boat icon' }, []],
    [
      'a blank one',
      { blank: true, brightness: 0, contrast: 0, saturation: 0, sharpness: 0, blank_area: 1 },
      {},
      [],
    ],
  ])('[analysis-suggestions] for %s', (_, measured, request, expected) => {
    const edits = suggest(measured, request)
    expect(inShort(edits)).toEqual(expected)
    for (const edit of edits) {
      expect(promptEditSchema.safeParse(edit).success).toBe(true)
      expect(edit.reason).toMatch(/\.$/)
    }
  })

  test('[analysis-suggestions] stay within the words a small model knows', () => {
    const bad = { brightness: 0.1, contrast: 0.01, saturation: 0, sharpness: 0.01, blank_area: 0.9 }
    const edits = suggest(bad, { prompt: 'a castle' }, smallWorld)
    expect(inShort(edits)).toEqual(['add | prompt | clear daylight', 'replace | steps | 20 | 30'])
    const words = edits.filter(({ target }) => target === 'prompt').map(({ text }) => text)
    expect(sortPromptWords(words.join(' '), smallWorld).unknown).toEqual([])
    expect(inShort(suggest(bad, { prompt: 'a castle at midnight' }, smallWorld))[0]).toBe(
      'replace | prompt | midnight | dusk',
    )
  })

  test('[analysis-suggestions] what the prompt says already is not suggested again', () => {
    expect(inShort(suggest({ sharpness: 0.05 }, { prompt: 'a boat, sharp focus', steps: 30 }))).toEqual([])
  })

  test('[analysis-suggestions] a picture from elsewhere gets words and no settings', () => {
    expect(inShort(suggest({ sharpness: 0.05, brightness: 0.1 }, null))).toEqual([
      'add | prompt | bright daylight',
      'add | prompt | sharp focus',
    ])
  })
})
