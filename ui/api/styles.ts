import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import type { CapabilityInput, Invoke } from '../../contracts/capabilities/index.ts'
import type { Style } from '../../contracts/entities/style.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

const pageSize = 200

/** Every style, by name. */
export function useStyles() {
  const { invoke } = useSession()
  return useQuery({ queryKey: keys.styles, queryFn: () => readAll(invoke) })
}

/** Reads the styles there are, for something that needs them once; none where they cannot be read. */
export function useStylesThere(): () => Promise<readonly Style[]> {
  const { invoke } = useSession()
  const client = useQueryClient()
  return () => client.fetchQuery({ queryKey: keys.styles, queryFn: () => readAll(invoke) }).catch(() => [])
}

/** Adds a style or changes one. */
export function useSaveStyle() {
  return useStyleChange((invoke, style: CapabilityInput<'save_style'>) => invoke('save_style', style))
}

/** Adds a copy of a style. */
export function useDuplicateStyle() {
  return useStyleChange((invoke, style: number) => invoke('duplicate_style', { style }))
}

/** Takes a style from the list. */
export function useDeleteStyle() {
  return useStyleChange((invoke, style: number) => invoke('delete_style', { style }))
}

/** Brings a deleted style back. */
export function useRestoreStyle() {
  return useStyleChange((invoke, style: number) => invoke('restore_style', { style }))
}

/** Adds the styles of a file. */
export function useImportStyles() {
  return useStyleChange((invoke, file: CapabilityInput<'import_styles'>) => invoke('import_styles', file))
}

/** Asks for the pictures that show styles. */
export function useMakePreviews() {
  const { invoke } = useSession()
  return useMutation({
    mutationFn: (input: CapabilityInput<'make_style_previews'>) => invoke('make_style_previews', input),
  })
}

function useStyleChange<Input, Output>(change: (invoke: Invoke, input: Input) => Promise<Output>) {
  const { invoke } = useSession()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(invoke, input),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.styles }),
  })
}

async function readAll(invoke: Invoke): Promise<Style[]> {
  const styles: Style[] = []
  for (let cursor: number | null | undefined; cursor !== null;) {
    const page = await invoke('get_styles', { limit: pageSize, ...(cursor !== undefined && { cursor }) })
    styles.push(...page.styles)
    cursor = page.next_cursor
  }
  return styles
}
