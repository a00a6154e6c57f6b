import type { Placement } from '../../../contracts/entities/engine.ts'
import type { ModelFiles } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import type { ImageRequest } from '../../../contracts/worker.ts'
import type { RequestPngs } from '../pictures/request-pngs.ts'

/**
 * What the image worker is asked for one picture.
 *
 * @param files where the model's files lie now
 * @param pngs the pictures that go with it, already of the wanted size
 * @param way where the model's parts lie, and the side of the tiles it is decoded in; null for the whole at once
 */
export function toImageRequest(
  recipe: Recipe,
  files: ModelFiles,
  pngs: RequestPngs,
  { placement, tileSide }: { readonly placement: Placement; readonly tileSide: number | null },
): ImageRequest {
  const { prompt, negative_prompt, width, height, steps, guidance, sampler, scheduler, clip_skip, seed } =
    recipe
  return {
    model: { files, placement },
    prompt,
    negative_prompt,
    width,
    height,
    steps,
    guidance,
    guidance_kind: recipe.preset.family === 'flux' ? 'distilled' : 'classifier_free',
    sampler,
    scheduler,
    clip_skip,
    seed,
    count: 1,
    vae_tiling: tileSide !== null,
    vae_tile_side: tileSide,
    init_image_base64: pngs.source?.toString('base64') ?? null,
    strength: recipe.strength,
    mask_image_base64: pngs.mask?.toString('base64') ?? null,
    control_image_base64: pngs.control?.toString('base64') ?? null,
    control_strength: recipe.control_strength ?? null,
  }
}
