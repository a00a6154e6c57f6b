import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { EngineCapabilities } from '../../../contracts/entities/engine.ts'
import { samplers, schedulers } from '../../../contracts/entities/engine.ts'
import type { Preset, PresetDefaults } from '../../../contracts/entities/preset.ts'
import type { Style } from '../../../contracts/entities/style.ts'
import { usePresets } from '../../api/presets.ts'
import { useStyles } from '../../api/styles.ts'
import { useStatus } from '../../api/system.ts'
import type { Settings } from '../../generation/draft.ts'
import { useDraft } from '../../generation/draft-store.ts'
import { shapes, sizeOf } from './sizes.ts'

/** The preset of the draft: the chosen one, else the first that can be used; with what the style says of its settings. */
export function useDraftPreset(): ComputedRef<Preset | null> {
  const { draft } = useDraft()
  const { data: presets } = usePresets()
  const style = useDraftStyle()
  return computed(() => {
    const all = presets.value ?? []
    const chosen = all.find(({ id }) => id === draft.value.preset)
    const preset = chosen ?? all.find(({ availability }) => availability.state === 'ready') ?? all[0] ?? null
    return preset === null ? null : inStyle(preset, style.value)
  })
}

/** The style of the draft; null where it has none, or one that is not there. */
export function useDraftStyle(): ComputedRef<Style | null> {
  const { draft } = useDraft()
  const { data: styles } = useStyles()
  return computed(() => styles.value?.find(({ name }) => name === draft.value.style) ?? null)
}

/** A preset whose defaults follow a style. */
function inStyle(preset: Preset, style: Style | null): Preset {
  const { aspect, ...settings } = style?.parameters ?? {}
  const shape = shapes.find(({ label }) => label.toLowerCase() === aspect)
  const size = shape === undefined ? {} : sizeOf(shape, preset.defaults, preset.max_side)
  return { ...preset, defaults: { ...preset.defaults, ...settings, ...size } }
}

/** One setting as the form shows it: what a person chose, else what the preset says. */
export function useSetting<Name extends keyof Settings>(
  preset: () => Preset,
  name: Name,
): WritableComputedRef<PresetDefaults[Name], PresetDefaults[Name] | null | undefined> {
  const { draft } = useDraft()
  return computed({
    get: () => (draft.value.settings[name] as PresetDefaults[Name] | undefined) ?? preset().defaults[name],
    set: (value) => {
      const { [name]: _, ...others } = draft.value.settings
      const isDefault = value === undefined || value === null || value === preset().defaults[name]
      draft.value.settings = isDefault ? others : { ...others, [name]: value }
    },
  })
}

/** What the engine can do; null until it has said so. */
export function useEngineCapabilities(): ComputedRef<EngineCapabilities | null> {
  const { data: status } = useStatus()
  return computed(() => status.value?.workers.find(({ name }) => name === 'image')?.capabilities ?? null)
}

/** The samplers and schedulers to choose from. */
export function useMethods() {
  const capabilities = useEngineCapabilities()
  return {
    samplers: computed(() => [...(capabilities.value?.samplers ?? samplers)]),
    schedulers: computed(() => [...(capabilities.value?.schedulers ?? schedulers)]),
  }
}
