import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { promptEditSchema, type PromptEdit } from '../../../contracts/entities/prompt-edit.ts'
import { applyEditToText } from '../../../contracts/prompt-edits.ts'

const add = (text: string) => ({ action: 'add', text, replaces: null }) as const
const remove = (text: string) => ({ action: 'remove', text, replaces: null }) as const
const replace = (replaces: string, text: string) => ({ action: 'replace', text, replaces }) as const

describe('edits of a prompt', () => {
  test.each<[string, Pick<PromptEdit, 'action' | 'text' | 'replaces'>, string]>([
    ['a boat', add('on the sea'), 'a boat, on the sea'],
    ['a boat, ', add('on the sea'), 'a boat, on the sea'],
    ['A boat. ', add('soft light'), 'A boat. soft light'],
    ['', add('blurry'), 'blurry'],
    ['  ', add('blurry'), 'blurry'],
    ['a boat, On the sea', add('on the sea'), 'a boat, On the sea'],
    ['a boat, blurry', add('blurry, text'), 'a boat, blurry, blurry, text'],
    ['blurry, vivid, text', remove('Vivid'), 'blurry, text'],
    ['vivid', remove('vivid'), ''],
    ['a vivid boat', remove('vivid'), 'a  boat'],
    ['a boat', remove('vivid'), 'a boat'],
    ['a castle at Night, nightly', replace('night', 'dusk'), 'a castle at dusk, nightly'],
    ['a knight', replace('night', 'dusk'), 'a knight'],
    ['a boat (1.2)', replace('(1.2)', '$& $1'), 'a boat $& $1'],
  ])('[prompts-edits] %j', (text, edit, expected) => {
    expect(applyEditToText(text, edit)).toBe(expected)
  })

  test('[prompts-edits] adding keeps every character in front, and adding it again adds nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('on the sea', 'sharp focus, detailed'),
        (text, part) => {
          const once = applyEditToText(text, add(part))
          expect(once.startsWith(text.trim() === '' ? part : text.trimEnd())).toBe(true)
          expect(once.endsWith(part) || once === text).toBe(true)
          expect(applyEditToText(once, add(part))).toBe(once)
        },
      ),
    )
  })

  test('[prompts-edits] an edit names a parameter and what goes exactly where it has them', () => {
    const edit = {
      action: 'add',
      target: 'prompt',
      parameter: null,
      text: 'x',
      replaces: null,
      reason: 'Why.',
    }
    expect(promptEditSchema.safeParse(edit).success).toBe(true)
    for (const wrong of [{ parameter: 'steps' }, { replaces: 'y' }, { text: '' }, { target: 'parameter' }])
      expect(promptEditSchema.safeParse({ ...edit, ...wrong }).success, JSON.stringify(wrong)).toBe(false)
  })
})
