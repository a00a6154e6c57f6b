import { computed, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { useChatStore } from '../chat/chat-store.ts'
import { useStyles } from '../api/styles.ts'
import { useGenerationActions } from '../generation/use-generation-actions.ts'
import { useStyleChoice } from '../generation/use-style-choice.ts'
import { navigation } from './navigation.ts'
import { useQueue } from './use-queue.ts'
import { useTheme } from './use-theme.ts'

/** Something that can be done from anywhere. */
export interface Command {
  readonly label: string
  readonly icon: string
  readonly run: () => unknown
}

/** What can be done from anywhere, the doing first and the going after it. */
export function useCommands(): ComputedRef<Command[]> {
  const router = useRouter()
  const { running } = useQueue()
  const { cancel } = useGenerationActions()
  const { isDark, toggle } = useTheme()
  const { data: styles } = useStyles()
  const { use } = useStyleChoice()
  const { startNew } = useChatStore()

  return computed((): Command[] => {
    const current = running.value
    const cancelCurrent =
      current === null
        ? []
        : [
            {
              label: `Cancel: ${current.recipe.prompt}`,
              icon: 'i-lucide-circle-stop',
              run: () => cancel(current.id),
            },
          ]
    return [
      { label: 'New picture', icon: 'i-lucide-plus', run: () => router.push('/generate?focus=prompt') },
      {
        label: 'New chat',
        icon: 'i-lucide-square-pen',
        run: () => {
          startNew()
          return router.push('/?focus=prompt')
        },
      },
      ...cancelCurrent,
      {
        label: isDark.value ? 'Use light colours' : 'Use dark colours',
        icon: isDark.value ? 'i-lucide-sun' : 'i-lucide-moon',
        run: toggle,
      },
      ...navigation.map(({ label, icon, to }) => ({
        label: `Go to ${label}`,
        icon,
        run: () => router.push(to),
      })),
      { label: 'Go to Bin', icon: 'i-lucide-trash-2', run: () => router.push('/gallery/bin') },
      { label: 'New style', icon: 'i-lucide-palette', run: () => router.push('/styles?new') },
      ...(styles.value ?? []).map(({ name }) => ({
        label: `Use style: ${name}`,
        icon: 'i-lucide-palette',
        run: () => use(name),
      })),
    ]
  })
}
