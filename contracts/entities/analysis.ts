import { z } from 'zod'
import { generationIdSchema } from './recipe.ts'

const shareSchema = z.number().min(0).max(1)

/** What can be measured in a picture without knowing what it shows. */
export const measurementsSchema = z.strictObject({
  width: z.int().describe('Pixels, as in the file.'),
  height: z.int().describe('Pixels, as in the file.'),
  orientation: z.enum(['portrait', 'landscape', 'square']),
  aspect_ratio: z.number().describe('Width divided by height.'),
  brightness: shareSchema.describe('Mean lightness as the eye judges it: 0 black, 1 white.'),
  contrast: shareSchema.describe('RMS contrast of the lightness: 0 flat, 0.5 half black and half white.'),
  saturation: shareSchema.describe('Mean colourfulness: 0 grey, 1 as strong as a screen can show.'),
  sharpness: shareSchema.describe('Strength of fine edges against the contrast: below 0.1 looks soft.'),
  entropy: z.number().min(0).max(8).describe('Bits of lightness a pixel holds, 0 to 8.'),
  shadows_clipped: shareSchema.describe('Share of pixels that are black without any drawing.'),
  highlights_clipped: shareSchema.describe('Share of pixels that are white without any drawing.'),
  blank_area: shareSchema.describe('Share of the picture in which next to nothing changes.'),
  transparency: shareSchema.describe('Share of the picture that lets the ground through.'),
  blank: z.boolean().describe('The whole picture is one colour, or as good as.'),
})
export type Measurements = z.output<typeof measurementsSchema>

/** A colour that makes up a part of a picture. */
export const dominantColorSchema = z.strictObject({
  name: z.string().describe('The nearest everyday name.'),
  hex: z.string().regex(/^#[0-9a-f]{6}$/),
  share: shareSchema,
})
export type DominantColor = z.output<typeof dominantColorSchema>

/** A picture of the gallery that looks much the same. */
export const similarPictureSchema = z.strictObject({
  generation: generationIdSchema,
  distance: z
    .int()
    .min(0)
    .max(64)
    .describe('Bits of 64 in which the perceptual hashes differ; 0 is the same picture.'),
  prompt: z.string().describe('What it was asked for by.'),
  thumbnail_url: z.string().nullable(),
})
export type SimilarPicture = z.output<typeof similarPictureSchema>
