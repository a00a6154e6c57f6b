import type { PromptEdit } from '../../contracts/entities/prompt-edit.ts'
import type { Preset } from '../../contracts/entities/preset.ts'
import { applyEditToText } from '../../contracts/prompt-edits.ts'
import type { Draft } from './draft.ts'

/**
 * The draft with one edit made.
 *
 * @param preset says what the negative prompt is where the draft leaves that open; null where it is not known
 */
export function editDraft(draft: Draft, edit: PromptEdit, preset: Preset | null): Draft {
  const { settings } = draft
  switch (edit.target) {
    case 'prompt':
      return { ...draft, prompt: applyEditToText(draft.prompt, edit) }
    case 'negative_prompt': {
      const before = settings.negative_prompt ?? preset?.defaults.negative_prompt ?? ''
      return { ...draft, settings: { ...settings, negative_prompt: applyEditToText(before, edit) } }
    }
    case 'parameter':
      return edit.parameter === null
        ? draft
        : { ...draft, settings: { ...settings, [edit.parameter]: Number(edit.text) } }
  }
}

/** An edit in a few words. */
export function editInWords({ action, target, parameter, text, replaces }: PromptEdit): string {
  const where = target === 'negative_prompt' ? 'Negative prompt: ' : ''
  if (parameter !== null) return `${parameter[0]?.toUpperCase()}${parameter.slice(1)}: ${replaces} → ${text}`
  if (action === 'replace') return `${where}${replaces} → ${text}`
  return action === 'add' ? `${where}+ ${text}` : `${where}− ${text}`
}
