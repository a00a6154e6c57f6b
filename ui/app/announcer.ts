import { readonly, ref, type DeepReadonly, type Plugin, type Ref } from 'vue'
import { createContext } from '../api/context.ts'

/** Speaks to people who listen to the page instead of looking at it. */
export interface Announcer {
  readonly text: DeepReadonly<Ref<string>>
  readonly announce: (text: string) => void
}

const context = createContext<Announcer>('Announcer')

export function createAnnouncer(): Plugin {
  const text = ref('')
  return context.plugin({ text: readonly(text), announce: (words) => void (text.value = words) })
}

export const useAnnouncer = context.use
