import type { ModelFamily, PresetDefaults } from '../../../contracts/entities/preset.ts'

/** Settings that suit a family of models, where a person who saves a preset leaves them out. */
interface FamilyDefaults {
  readonly defaults: PresetDefaults
  readonly maxSide: number
}

const base: PresetDefaults = {
  width: 512,
  height: 512,
  steps: 20,
  guidance: 7,
  sampler: 'euler_a',
  scheduler: 'discrete',
  negative_prompt: '',
  clip_skip: -1,
}

/**
 * The size each family was trained at and the settings its makers recommend: 512 for Stable Diffusion 1, 768 for 2,
 * 1024 for SDXL, 3 and Flux; Flux is distilled and takes a guidance of its own, usually 3.5.
 * Source: the model cards of the families.
 */
const table: Record<ModelFamily, FamilyDefaults> = {
  sd1: { defaults: base, maxSide: 1024 },
  sd2: { defaults: { ...base, width: 768, height: 768 }, maxSide: 1536 },
  sdxl: {
    defaults: { ...base, width: 1024, height: 1024, steps: 25, sampler: 'dpm++2m', scheduler: 'karras' },
    maxSide: 2048,
  },
  sd3: {
    defaults: { ...base, width: 1024, height: 1024, steps: 28, guidance: 4.5, sampler: 'euler' },
    maxSide: 2048,
  },
  flux: {
    defaults: { ...base, width: 1024, height: 1024, guidance: 3.5, sampler: 'euler', scheduler: 'simple' },
    maxSide: 2048,
  },
  unknown: { defaults: base, maxSide: 2048 },
}

export function defaultsOfFamily(family: ModelFamily): FamilyDefaults {
  return table[family]
}
