import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

/** Every preset, with whether it can be used. */
export function usePresets() {
  const { invoke } = useSession()
  return useQuery({ queryKey: keys.presets, queryFn: async () => (await invoke('list_presets', {})).presets })
}

/** The model files on this machine. Looked up afresh each time: files come and go without an event. */
export function useModelFiles() {
  const { invoke } = useSession()
  return useQuery({ queryKey: keys.modelFiles, queryFn: () => invoke('list_model_files', {}), staleTime: 0 })
}

/** Adds a preset or changes one. */
export function useSavePreset() {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (preset: CapabilityInput<'save_preset'>) => invoke('save_preset', preset),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.presets }),
  })
}

/** Removes a preset; its files stay. */
export function useDeletePreset() {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (preset: string) => invoke('delete_preset', { preset }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.presets }),
  })
}
