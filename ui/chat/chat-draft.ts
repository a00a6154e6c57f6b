import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { PromptEdit } from '../../contracts/entities/prompt-edit.ts'
import { editDraft } from '../generation/draft-edits.ts'
import { freshDraft, fromRecipe, type Draft } from '../generation/draft.ts'
import { resultOf, toolParts, type ChatMessage } from './chat-message.ts'

/** What the conversation is working on: the words, style and settings of its newest picture, with what a person changed since. */
export interface ChatDraft {
  /** Null until there is a picture or a prompt to work on. */
  readonly draft: ComputedRef<Draft | null>
  readonly edits: ComputedRef<readonly PromptEdit[]>
  /**
   * Makes a change.
   *
   * @param start what is changed, where it is not the newest picture
   */
  readonly change: (edit: PromptEdit, start?: Draft) => void
  readonly undo: () => void
}

interface Change {
  /** The call whose outcome the conversation was working on when this was changed; null for none. */
  readonly base: string | null
  readonly draft: Draft
  readonly edits: readonly PromptEdit[]
}

/** Follows a conversation; a new picture takes the place of what was changed before it. */
export function createChatDraft(messages: Readonly<Ref<readonly ChatMessage[]>>): ChatDraft {
  const newest = computed(() => newestOf(messages.value))
  const changed = ref<Change | null>(null)
  const base = computed(() => newest.value?.call ?? null)
  const current = computed(() => (changed.value?.base === base.value ? changed.value : null))

  function change(edit: PromptEdit, start?: Draft): void {
    const before = current.value
    const draft = before?.draft ?? start ?? newest.value?.draft
    if (draft === undefined) return
    changed.value = {
      base: base.value,
      draft: editDraft(draft, edit, null),
      edits: [...(before?.edits ?? []), edit],
    }
  }

  return {
    draft: computed(() => current.value?.draft ?? newest.value?.draft ?? null),
    edits: computed(() => current.value?.edits ?? []),
    change,
    undo: () => void (changed.value = null),
  }
}

/** The draft that makes a picture again: a person's own words, with the style beside them. */
export function draftOf({ recipe }: Pick<Generation, 'recipe'>): Draft {
  const draft = fromRecipe(recipe)
  const negative_prompt = recipe.own_negative_prompt ?? recipe.negative_prompt
  return {
    ...draft,
    prompt: recipe.own_prompt ?? recipe.prompt,
    style: recipe.style ?? null,
    settings: { ...draft.settings, negative_prompt },
    seed: null,
  }
}

/** The newest call that made a picture or worked on a prompt, and the draft that it left. */
function newestOf(messages: readonly ChatMessage[]): { call: string; draft: Draft } | null {
  for (const message of messages.toReversed())
    for (const part of toolParts(message).toReversed()) {
      const made = resultOf(part, 'generate')?.generations.at(-1)
      if (made !== undefined) return { call: part.toolCallId, draft: draftOf(made) }
      const enhanced = resultOf(part, 'enhance_prompt')
      if (enhanced !== undefined) {
        const input = (part.input ?? {}) as { user_input?: unknown }
        const prompt = typeof input.user_input === 'string' ? input.user_input : enhanced.prompt
        return { call: part.toolCallId, draft: { ...freshDraft(), prompt } }
      }
    }
  return null
}
