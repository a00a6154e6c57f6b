import type { ModelFamily, ModelFileRole } from '../../../contracts/entities/preset.ts'

const families: Record<ModelFamily, string> = {
  sd1: 'Stable Diffusion 1',
  sd2: 'Stable Diffusion 2',
  sdxl: 'Stable Diffusion XL',
  sd3: 'Stable Diffusion 3',
  flux: 'FLUX',
  unknown: 'Not recognised',
}

export const familyInWords = (family: ModelFamily): string => families[family]

/** The parts a model may have in files of their own, beside the model itself. */
export const parts: Readonly<Record<Exclude<ModelFileRole, 'model'>, string>> = {
  vae: 'VAE',
  clip_l: 'Text encoder CLIP-L',
  clip_g: 'Text encoder CLIP-G',
  t5xxl: 'Text encoder T5-XXL',
  llm: 'Text encoder LLM',
  control_net: 'ControlNet',
}

/** The name of a file without its folder, on any system. */
export const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path
