import type { DominantColor, Measurements } from '../../../contracts/entities/analysis.ts'

/** Shares below this are not worth a sentence. */
const noticeable = 0.05

/** What was measured, in sentences for a person. */
export function describePicture(
  measurements: Measurements,
  colors: readonly DominantColor[],
  similarCount: number,
): string[] {
  const { width, height, orientation, blank } = measurements
  const shape = `${orientation[0]?.toUpperCase()}${orientation.slice(1)} format, ${width} x ${height} pixels.`
  if (blank) {
    const color = colors[0]?.name ?? 'colour'
    return [`The picture is blank: nothing but one even ${color}.`, shape]
  }
  return [
    describeColors(colors),
    `${capitalized(brightnessWord(measurements))}, with ${contrastWord(measurements)} contrast and ${saturationWord(measurements)} colours.`,
    sharpnessSentence(measurements),
    ...shareSentences(measurements),
    shape,
    ...(similarCount === 0 ? [] : [similarSentence(similarCount)]),
  ]
}

/** What an analysis of pixels cannot tell. */
export function describeLimits(question: string | undefined, wasAskedFor: boolean): string {
  const sees =
    'This analysis measures pixels: colours, light and fine detail. It cannot see what the picture shows'
  const asked = question === undefined || question.trim() === '' ? '.' : ', so it cannot answer the question.'
  const recalled = wasAskedFor
    ? ' The prompt is given as what was asked for; whether the picture shows it was not looked at.'
    : ''
  return `${sees}${asked}${recalled}`
}

function describeColors(colors: readonly DominantColor[]): string {
  const worthNaming = colors.filter(({ share }, index) => index === 0 || share >= noticeable)
  const named = worthNaming.slice(0, 4).map(({ name, share }) => `${name} (${percent(share)})`)
  const last = named.pop() ?? ''
  return `Mostly ${named.length === 0 ? last : `${named.join(', ')} and ${last}`}.`
}

function brightnessWord({ brightness }: Measurements): string {
  if (brightness < 0.2) return 'very dark'
  if (brightness < 0.4) return 'dark'
  if (brightness < 0.65) return 'of middle brightness'
  return brightness < 0.88 ? 'bright' : 'very bright'
}

function contrastWord({ contrast }: Measurements): string {
  if (contrast < 0.08) return 'little'
  return contrast < 0.2 ? 'moderate' : 'strong'
}

function saturationWord({ saturation }: Measurements): string {
  if (saturation < 0.02) return 'no'
  if (saturation < 0.15) return 'muted'
  return saturation < 0.4 ? 'natural' : 'strong'
}

function sharpnessSentence({ sharpness }: Measurements): string {
  if (sharpness < 0.1) return 'Edges are soft.'
  return sharpness < 0.5 ? 'Edges are clear.' : 'Edges are hard, with much fine detail or grain.'
}

function shareSentences(measurements: Measurements): string[] {
  const sentences: [share: number, words: string][] = [
    [measurements.shadows_clipped, 'is pure black, without any drawing in it'],
    [measurements.highlights_clipped, 'is pure white, without any drawing in it'],
    [measurements.blank_area, 'is even, with next to nothing in it'],
    [measurements.transparency, 'is transparent'],
  ]
  return sentences
    .filter(([share]) => share >= noticeable)
    .map(([share, words]) => `${percent(share)} of it ${words}.`)
}

function similarSentence(count: number): string {
  return count === 1
    ? 'Another picture of the gallery looks much the same.'
    : `${count} other pictures of the gallery look much the same.`
}

const percent = (share: number): string => `${Math.round(share * 100)}%`
const capitalized = (words: string): string => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
