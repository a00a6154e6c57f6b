import type { CapabilityInput } from '../../../contracts/capabilities/index.ts'
import { savePreset } from '../../../contracts/capabilities/presets.ts'
import type { ModelFiles, Preset } from '../../../contracts/entities/preset.ts'

/** A preset as its form shows it: mirrors the screen, not the request. */
export interface PresetForm {
  id: string
  name: string
  description: string
  files: Partial<ModelFiles>
  width: number | null
  height: number | null
  steps: number | null
  guidance: number | null
  maxSide: number | null
  device: 'auto' | 'cpu' | 'gpu'
}

export type PresetFormErrors = Readonly<Record<string, string>>

/** The form for a preset, or an empty one. */
export function toForm(preset: Preset | null): PresetForm {
  return {
    id: preset?.id ?? '',
    name: preset?.name ?? '',
    description: preset?.description ?? '',
    files: { ...preset?.files },
    width: preset?.defaults.width ?? null,
    height: preset?.defaults.height ?? null,
    steps: preset?.defaults.steps ?? null,
    guidance: preset?.defaults.guidance ?? null,
    maxSide: preset?.max_side ?? null,
    device: preset?.placement.device ?? 'auto',
  }
}

/** The request a preset would be saved with, as it is. */
export function toSaveInput({
  id,
  name,
  description,
  files,
  defaults,
  placement,
  max_side,
}: Preset): CapabilityInput<'save_preset'> {
  return { id, name, description, files, defaults, placement, max_side }
}

/** The request of a form, over the preset it changes; what was left empty is chosen by the server. */
export function fromForm(form: PresetForm, before: Preset | null): CapabilityInput<'save_preset'> {
  const { width, height, steps, guidance } = form
  const given = Object.fromEntries(
    Object.entries({ width, height, steps, guidance }).filter(([, value]) => value !== null),
  )
  return {
    id: before?.id ?? form.id,
    name: form.name.trim(),
    description: form.description.trim(),
    files: { model: '', ...form.files },
    defaults: { ...before?.defaults, ...given },
    placement: { ...before?.placement, device: form.device },
    ...(form.maxSide !== null && { max_side: form.maxSide }),
  }
}

/** What is wrong with a form, by field; empty where nothing is. */
export function checkForm(
  form: PresetForm,
  before: Preset | null,
  taken: readonly string[],
): PresetFormErrors {
  const errors: Record<string, string> = {}
  if (form.name.trim() === '') errors['name'] = 'Give it a name.'
  else if (before === null && taken.includes(form.id))
    errors['name'] = 'There is a preset of this name already.'
  if (form.files.model === undefined) errors['files.model'] = 'Choose the model file.'
  const parsed = savePreset.input.safeParse(fromForm(form, before))
  for (const { path, message } of parsed.error?.issues ?? []) errors[path.join('.')] ??= message
  return errors
}

/** An id made of a name. */
export function idOf(name: string): string {
  const ascii = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return ascii
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '')
}
