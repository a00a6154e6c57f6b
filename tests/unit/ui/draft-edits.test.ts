import { describe, expect, test } from 'vitest'
import type { PromptEdit } from '../../../contracts/entities/prompt-edit.ts'
import { editDraft, editInWords } from '../../../ui/generation/draft-edits.ts'
import { freshDraft } from '../../../ui/generation/draft.ts'
import { preset } from '../domain/support.ts'

const edit = (changes: Partial<PromptEdit>): PromptEdit => ({
  action: 'add',
  target: 'prompt',
  parameter: null,
  text: 'on the sea',
  replaces: null,
  reason: 'Nothing says where it is.',
  ...changes,
})
const steps = edit({ action: 'replace', target: 'parameter', parameter: 'steps', text: '30', replaces: '20' })

describe('edits in the draft', () => {
  test('[interface-enhance] change the prompt, the negative prompt and settings, and nothing else', () => {
    const draft = { ...freshDraft(), prompt: 'a boat', seed: 7 }
    expect(editDraft(draft, edit({}), null)).toEqual({ ...draft, prompt: 'a boat, on the sea' })
    expect(editDraft(draft, steps, null)).toEqual({ ...draft, settings: { steps: 30 } })
    const negative = edit({ target: 'negative_prompt', text: 'blurry' })
    // The preset's own negative prompt, "fog", goes on to count.
    expect(editDraft(draft, negative, preset()).settings).toEqual({ negative_prompt: 'fog, blurry' })
    expect(editDraft(draft, negative, null).settings).toEqual({ negative_prompt: 'blurry' })
    expect(draft).toEqual({ ...freshDraft(), prompt: 'a boat', seed: 7 })
  })

  test.each<[PromptEdit, string]>([
    [edit({}), '+ on the sea'],
    [edit({ action: 'remove' }), '− on the sea'],
    [edit({ action: 'replace', replaces: 'at night', text: 'at dusk' }), 'at night → at dusk'],
    [edit({ target: 'negative_prompt', text: 'blurry' }), 'Negative prompt: + blurry'],
    [steps, 'Steps: 20 → 30'],
  ])('[interface-analyze] %# are put into a few words', (one, words) => {
    expect(editInWords(one)).toBe(words)
  })
})
