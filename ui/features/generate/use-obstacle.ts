import { computed, type ComputedRef } from 'vue'
import { promptLimit } from '../../../contracts/capabilities/generation.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import { usePresets } from '../../api/presets.ts'
import { useSession } from '../../api/session.ts'
import { useStyles } from '../../api/styles.ts'
import { useStatus } from '../../api/system.ts'
import { effectiveSettings, type Draft } from '../../generation/draft.ts'
import { useDraft } from '../../generation/draft-store.ts'
import { useDraftPreset, useEngineCapabilities } from './use-form.ts'

/** Why no picture can be made now, and the page where that can be mended. */
export interface Obstacle {
  readonly words: string
  readonly mend?: { readonly label: string; readonly to: string }
}

const toPresets = { label: 'To the presets', to: '/presets' }
const toSystem = { label: 'To the system page', to: '/system' }

/** What stands in the way of making a picture now; null where nothing does. */
export function useObstacle(): ComputedRef<Obstacle | null> {
  const { draft } = useDraft()
  const { connection } = useSession()
  const { isPending } = usePresets()
  const { data: status } = useStatus()
  const { data: styles } = useStyles()
  const capabilities = useEngineCapabilities()
  const preset = useDraftPreset()

  return computed(() => {
    if (connection.state.value === 'lost') return { words: 'The connection is lost; wait until it is back.' }
    if (isPending.value) return { words: 'The presets are being loaded.' }
    if (preset.value === null) return { words: 'There is no preset yet.', mend: toPresets }
    if (status.value?.workers.some(({ name, state }) => name === 'image' && state === 'failed')) {
      return { words: 'The image engine has failed.', mend: toSystem }
    }
    const cannotStart = capabilities.value !== null && !capabilities.value.modes.includes('img2img')
    if (draft.value.source !== null && cannotStart) {
      return { words: 'This engine cannot start from a picture. Remove the source picture.' }
    }
    const { style } = draft.value
    if (style !== null && styles.value?.every(({ name }) => name !== style) === true) {
      return { words: `There is no style "${style}" any more. Choose another one or none.` }
    }
    return presetObstacle(preset.value) ?? draftObstacle(draft.value, preset.value)
  })
}

function presetObstacle({ availability, name }: Preset): Obstacle | null {
  if (availability.state === 'unavailable') {
    return { words: availability.problem?.message ?? `${name} cannot be used now.`, mend: toPresets }
  }
  if (availability.state === 'ready') return null
  const percent = availability.progress === null ? '' : ` (${Math.round(availability.progress * 100)}%)`
  return { words: `${name} is being prepared${percent}.` }
}

function draftObstacle(draft: Draft, preset: Preset): Obstacle | null {
  const { width, height } = effectiveSettings(draft, preset)
  if (draft.prompt.trim() === '') return { words: 'Write a prompt first.' }
  if (draft.prompt.length > promptLimit)
    return { words: `The prompt is too long; ${promptLimit} characters fit.` }
  const tooLarge = Math.max(width, height) > preset.max_side
  return tooLarge
    ? { words: `${preset.name} makes pictures of at most ${preset.max_side} pixels a side.` }
    : null
}
