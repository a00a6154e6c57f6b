import { useEventListener, useSessionStorage } from '@vueuse/core'
import type { Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The chat beside the page: Ctrl J, or Cmd J, opens and closes it wherever one is. At home the chat is the page. */
export function useChatDrawer(): { open: Ref<boolean>; toggle: () => void } {
  const open = useSessionStorage('mysticanvas-chat-open', false)
  const route = useRoute()
  const router = useRouter()

  function toggle(): void {
    if (route.path === '/') void router.replace('/?focus=prompt')
    else open.value = !open.value
  }

  useEventListener(window, 'keydown', (event) => {
    const isOurs = event.key.toLowerCase() === 'j' && (event.ctrlKey || event.metaKey)
    if (!isOurs || event.shiftKey || event.altKey) return
    event.preventDefault()
    toggle()
  })
  return { open, toggle }
}
