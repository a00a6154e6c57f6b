import type { MemoryRung } from '../../../contracts/entities/memory.ts'
import { bytesInWords } from '../../../contracts/size-in-words.ts'

/** What was done, as the first half of a sentence. */
const deeds: Record<Exclude<MemoryRung, 'proceed' | 'refuse'>, string> = {
  tile_vae: 'The picture is decoded in tiles',
  purge_language_context: 'The context of the language model is released',
  vae_on_cpu: 'The VAE is moved to the CPU',
  text_encoder_on_cpu: 'The text encoder is moved to the CPU',
  unload_language_model: 'The language model is unloaded',
  offload_parameters: 'The weights are kept in system memory and brought over as needed',
}

/** A rung as a sentence: what was done, and because of which figures. */
export function sentenceOf(
  rung: MemoryRung,
  figures: { readonly needed: number; readonly available: number; readonly device: string },
  detail = '',
): string {
  const numbers = `needed ${bytesInWords(figures.needed)}, ${bytesInWords(figures.available)} free on ${figures.device}`
  if (rung === 'proceed') return `There is enough memory (${numbers}).`
  if (rung === 'refuse') return `There is not enough memory (${numbers}).`
  return `${deeds[rung]}${detail} to make room (${numbers}).`
}
