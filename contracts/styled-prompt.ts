import { promptPlace, type Style } from './entities/style.ts'

/** The parts of a style that change what is said to the model. */
export type StyleTexts = Pick<Style, 'prompt_template' | 'negative_prompt'>

/** What a person wrote, or what it became in a style. */
export interface PromptTexts {
  readonly prompt: string
  readonly negative_prompt: string
}

/**
 * Puts a person's words into a style. Nothing a person wrote is lost, and doing it twice is the same as doing it once.
 *
 * @returns what the model is told
 */
export function applyStyle(style: StyleTexts, own: PromptTexts): PromptTexts {
  return {
    prompt: stylePrompt(style, own.prompt),
    negative_prompt: joinNegative(own.negative_prompt, style.negative_prompt),
  }
}

/** The person's words in a prompt that is in this style already; else the prompt as it is. */
export function wordsWithoutStyle({ prompt_template: template }: StyleTexts, prompt: string): string {
  const text = prompt.trim()
  const [before, after] = partsOf(template)
  const isStyled =
    text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
  return isStyled ? text.slice(before.length, text.length - after.length) : text
}

function stylePrompt(style: StyleTexts, prompt: string): string {
  const [before, after] = partsOf(style.prompt_template)
  const words = wordsWithoutStyle(style, prompt)
  // "a boat." and ", in oil" would meet as "a boat., in oil".
  return `${before}${/^[,.;]/.test(after) ? words.replace(/[\s,.;]+$/, '') : words}${after}`
}

/** What stands before and after the words; a template without a place for them is what follows them. */
function partsOf(template: string): [before: string, after: string] {
  const text = template.trim()
  const [before = '', after] = text.split(promptPlace, 2)
  if (after !== undefined) return [before.trimStart(), after.trimEnd()]
  return ['', before === '' ? '' : `, ${before}`]
}

/** Adds what a style avoids to what a person avoids, leaving out what is there already. */
function joinNegative(own: string, added: string): string {
  const known = `,${listForm(own)},`
  const missing = splitTerms(added).filter((term) => !known.includes(`,${listForm(term)},`))
  if (missing.length === 0) return own
  const start = own.replace(/[\s,]+$/, '')
  return [...(start === '' ? [] : [start]), ...missing].join(', ')
}

/** Terms as they compare: lower case, without stray spaces. */
function listForm(text: string): string {
  return text
    .toLowerCase()
    .split(',')
    .map((term) => term.trim().replaceAll(/\s+/g, ' '))
    .filter((term) => term !== '')
    .join(',')
}

/** Splits at the commas that stand in no brackets, so that "(blurry, grainy:1.2)" stays one term. */
function splitTerms(text: string): string[] {
  const terms: string[] = ['']
  let depth = 0
  for (const sign of text) {
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth = Math.max(0, depth - 1)
    if (sign === ',' && depth === 0) terms.push('')
    else terms.push((terms.pop() ?? '') + sign)
  }
  const tidy = terms.map((term) => term.trim()).filter((term) => listForm(term) !== '')
  return [...new Map(tidy.map((term) => [listForm(term), term])).values()]
}
