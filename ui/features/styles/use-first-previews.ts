import { computed, ref, watch } from 'vue'
import { usePresets } from '../../api/presets.ts'
import { useMakePreviews, useStyles } from '../../api/styles.ts'
import { useStatus } from '../../api/system.ts'
import { useFailureToast } from '../../components/use-failure-toast.ts'

/**
 * The pictures that show styles: made by themselves on the small built-in model while nothing else waits, and only when asked
 * on another one, which may take minutes for each.
 */
export function useFirstPreviews() {
  const { data: styles } = useStyles()
  const { data: presets } = usePresets()
  const { data: status } = useStatus()
  const { mutateAsync } = useMakePreviews()
  const showFailure = useFailureToast()
  const asked = ref(false)

  const missing = computed(() => styles.value?.filter(({ preview_url }) => preview_url === null).length ?? 0)
  const preset = computed(() =>
    presets.value?.find(({ availability }) => availability.state !== 'unavailable'),
  )
  const isIdle = computed(() => {
    const queue = status.value?.queue
    return queue !== undefined && queue.waiting + queue.running === 0
  })
  const makesThemselves = computed(
    () => preset.value?.built_in === true && preset.value.availability.state === 'ready' && isIdle.value,
  )

  async function make(): Promise<void> {
    asked.value = true
    await mutateAsync({}).catch((error: unknown) => {
      showFailure('No previews will be made.', error)
    })
  }

  watch(
    () => missing.value > 0 && makesThemselves.value && !asked.value,
    (now) => void (now && make()),
    { immediate: true },
  )

  return {
    missing,
    asked,
    canAsk: computed(() => missing.value > 0 && !asked.value && preset.value?.built_in === false),
    make,
  }
}
