import { useDark, useToggle } from '@vueuse/core'
import type { Ref } from 'vue'

/** Dark or light, remembered. Dark unless a person chose otherwise; `public/theme.js` applies the same before the first paint. */
export function useTheme(): { isDark: Ref<boolean>; toggle: () => void } {
  const isDark = useDark({ storageKey: 'mysticanvas-theme', initialValue: 'dark' })
  const toggle = useToggle(isDark)
  return { isDark, toggle: () => void toggle() }
}
