import { useRouter } from 'vue-router'
import { useAnnouncer } from '../app/announcer.ts'
import { useDraft } from './draft-store.ts'

/** Chooses styles for the next picture. */
export function useStyleChoice() {
  const router = useRouter()
  const { announce } = useAnnouncer()
  const { draft } = useDraft()

  /** Puts the next picture into a style and goes to where it is asked for. Its settings follow the style again. */
  async function use(name: string): Promise<void> {
    draft.value = { ...draft.value, style: name }
    await router.push('/generate?focus=prompt')
    announce(`The next picture is in the style ${name}.`)
  }

  return { use }
}
