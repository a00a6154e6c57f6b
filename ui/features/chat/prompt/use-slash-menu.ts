import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { commandsLike, type SlashCommand } from './slash-commands.ts'

/** The menu of commands over the prompt: open while a command's name is being typed, worked with the arrow keys. */
export function useSlashMenu(
  text: Ref<string>,
  choose: (command: SlashCommand) => void,
): {
  commands: ComputedRef<readonly SlashCommand[]>
  marked: Ref<number>
  isOpen: ComputedRef<boolean>
  /** True where the key was for the menu. */
  onKey: (event: KeyboardEvent) => boolean
} {
  const marked = ref(0)
  const closedAt = ref<string | null>(null)
  const commands = computed(() => commandsLike(text.value))
  const isOpen = computed(() => commands.value.length > 0 && closedAt.value !== text.value)

  watch(text, () => (marked.value = 0))

  function act(key: string): boolean {
    const count = commands.value.length
    const command = commands.value[marked.value]
    if (key === 'ArrowDown') marked.value = (marked.value + 1) % count
    else if (key === 'ArrowUp') marked.value = (marked.value - 1 + count) % count
    else if (key === 'Escape') closedAt.value = text.value
    else if ((key === 'Enter' || key === 'Tab') && command !== undefined) choose(command)
    else return false
    return true
  }

  function onKey(event: KeyboardEvent): boolean {
    if (!isOpen.value || event.isComposing || event.shiftKey || !act(event.key)) return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { commands, marked, isOpen, onKey }
}
