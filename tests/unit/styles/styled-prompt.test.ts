import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyStyle, wordsWithoutStyle } from '../../../contracts/styled-prompt.ts'

const ink = { prompt_template: 'ink drawing of {prompt}, wet brush', negative_prompt: 'colour, Blurry' }
const own = (prompt: string, negative_prompt = '') => ({ prompt, negative_prompt })

describe('[styles-merge] a style', () => {
  test('surrounds the words of a person and adds what it avoids', () => {
    expect(applyStyle(ink, own('a boat', 'fog'))).toEqual({
      prompt: 'ink drawing of a boat, wet brush',
      negative_prompt: 'fog, colour, Blurry',
    })
  })

  test('without a place for the words follows them', () => {
    expect(applyStyle({ ...ink, prompt_template: ' wet brush ' }, own('a boat')).prompt).toBe(
      'a boat, wet brush',
    )
  })

  test('of a negative prompt alone leaves the words as they are', () => {
    expect(applyStyle({ ...ink, prompt_template: '{prompt}' }, own('a boat.')).prompt).toBe('a boat.')
  })

  test('does not meet the end of a sentence with a comma', () => {
    expect(applyStyle(ink, own('a boat. ')).prompt).toBe('ink drawing of a boat, wet brush')
  })

  test('adds nothing that is avoided already, however it is written', () => {
    expect(applyStyle(ink, own('a', 'BLURRY ,  colour')).negative_prompt).toBe('BLURRY ,  colour')
    expect(applyStyle(ink, own('a', '(blurry, colour:1.3)')).negative_prompt).toBe(
      '(blurry, colour:1.3), colour, Blurry',
    )
  })

  test('keeps weighted terms whole', () => {
    const weighted = { ...ink, negative_prompt: '(fog, rain:1.2), noise' }
    expect(applyStyle(weighted, own('a', 'rain')).negative_prompt).toBe('rain, (fog, rain:1.2), noise')
  })

  test('puts in signs that a replacement would read as orders', () => {
    expect(applyStyle(ink, own("a $& boat $1 $'")).prompt).toBe("ink drawing of a $& boat $1 $', wet brush")
  })

  test('gives the words back', () => {
    expect(wordsWithoutStyle(ink, 'ink drawing of a boat, wet brush')).toBe('a boat')
    expect(wordsWithoutStyle(ink, ' a boat ')).toBe('a boat')
    expect(wordsWithoutStyle(ink, 'ink drawing of a boat')).toBe('ink drawing of a boat')
  })
})

const phrase = fc.array(
  fc.constantFrom('fog', 'Rain', '(a, b:1.2)', 'x)', '(', ',', ' ', '.', '{prompt}', '$&', 'é'),
  {
    maxLength: 8,
  },
)
const text = phrase.map((parts) => parts.join(' '))
const words = fc.oneof(text, fc.string({ unit: 'grapheme' })).filter((prompt) => prompt.trim() !== '')
const template = fc.tuple(text, text, fc.boolean()).map(([before, after, hasPlace]) => {
  const [start, end] = [before, after].map((part) => part.replaceAll('{prompt}', ''))
  return hasPlace ? `${start}{prompt}${end}` : `${start} ${end}`
})
const styles = fc.record({ prompt_template: template, negative_prompt: text })

test('[styles-merge] applied twice is the same as applied once', () => {
  fc.assert(
    fc.property(styles, words, text, (style, prompt, negative) => {
      const once = applyStyle(style, own(prompt, negative))
      expect(applyStyle(style, once)).toEqual(once)
    }),
    { numRuns: 400 },
  )
})

test('[styles-merge] loses no word of a person, and nothing they avoid', () => {
  fc.assert(
    fc.property(styles, words, text, (style, prompt, negative) => {
      const merged = applyStyle(style, own(prompt, negative))
      const kept = prompt.trim().replace(/[\s,.;]+$/, '')
      expect(merged.prompt).toContain(kept)
      expect(merged.negative_prompt.startsWith(negative.replace(/[\s,]+$/, ''))).toBe(true)
    }),
    { numRuns: 400 },
  )
})
