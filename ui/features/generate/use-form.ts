import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { EngineCapabilities } from '../../../contracts/entities/engine.ts'
import { samplers, schedulers } from '../../../contracts/entities/engine.ts'
import type { Preset, PresetDefaults } from '../../../contracts/entities/preset.ts'
import { usePresets } from '../../api/presets.ts'
import { useStatus } from '../../api/system.ts'
import type { Settings } from '../../generation/draft.ts'
import { useDraft } from '../../generation/draft-store.ts'

/** The preset of the draft: the chosen one, else the first that can be used. */
export function useDraftPreset(): ComputedRef<Preset | null> {
  const { draft } = useDraft()
  const { data: presets } = usePresets()
  return computed(() => {
    const all = presets.value ?? []
    const chosen = all.find(({ id }) => id === draft.value.preset)
    return chosen ?? all.find(({ availability }) => availability.state === 'ready') ?? all[0] ?? null
  })
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
