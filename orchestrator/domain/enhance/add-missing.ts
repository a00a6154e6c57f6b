import { promptLimit } from '../../../contracts/capabilities/generation.ts'
import type { ModelFamily, Vocabulary } from '../../../contracts/entities/preset.ts'
import type { PromptEdit } from '../../../contracts/entities/prompt-edit.ts'
import { applyEditToText } from '../../../contracts/prompt-edits.ts'
import type { Addition, EnhanceRules } from './enhance-rules.ts'
import { groupsSaidBy, isKnown, tellingWords, type Groups } from './prompt-reading.ts'
import { plainWords, readWords, type WordStream } from './word-stream.ts'

/** What the additions are chosen for. */
export interface EnhanceContext {
  readonly rules: EnhanceRules
  readonly groups: Groups
  readonly family: ModelFamily
  readonly vocabulary: Vocabulary | null
}

/** An edit of the prompt, and the aspect it adds. */
export interface AspectEdit {
  readonly aspect: string
  readonly edit: PromptEdit
}

interface State {
  readonly prompt: string
  readonly words: WordStream
  readonly said: ReadonlySet<string>
  readonly negative: WordStream
}

/**
 * Adds to a prompt what it says nothing of. Goes on until nothing fits any more, each time with what was added before in
 * view, so that doing it to the result adds nothing.
 */
export function addMissing(prompt: string, negativePrompt: string, context: EnhanceContext): AspectEdit[] {
  const negative = readWords(negativePrompt)
  const edits: AspectEdit[] = []
  let text = prompt
  for (;;) {
    const words = readWords(text)
    const state = { prompt: text, words, said: groupsSaidBy(words, context.groups), negative }
    const next = nextEdit(state, context, new Set(edits.map(({ aspect }) => aspect)))
    if (next === null) return edits
    edits.push(next)
    text = applyEditToText(text, next.edit)
  }
}

/** Adds to a negative prompt what helps this family of models and the prompt does not ask for. */
export function addNegative(prompt: string, negativePrompt: string, context: EnhanceContext): PromptEdit[] {
  const words = readWords(prompt)
  const said = groupsSaidBy(words, context.groups)
  const edits: PromptEdit[] = []
  let text = negativePrompt
  for (const rule of context.rules.negative) {
    if (!isMeant(rule, said, context.family)) continue
    const wanted = rule.texts.find(
      (one) => isKnown(one, context.vocabulary) && !tellingWords(one).some((word) => words.says(plain(word))),
    )
    if (wanted === undefined) continue
    const edit = addition('negative_prompt', wanted, rule.reason)
    const longer = applyEditToText(text, edit)
    if (readWords(text).says(plain(wanted)) || longer.length > promptLimit) continue
    edits.push(edit)
    text = longer
  }
  return edits
}

function nextEdit(state: State, context: EnhanceContext, done: ReadonlySet<string>): AspectEdit | null {
  for (const aspect of context.rules.aspects) {
    const isSaid = [...aspect.said_by, ...aspect.unless].some((name) => state.said.has(name))
    if (isSaid || done.has(aspect.name)) continue
    for (const rule of aspect.additions.filter((one) => isMeant(one, state.said, context.family))) {
      const text = rule.texts.find((one) => fits(one, state, context))
      if (text === undefined) continue
      return { aspect: aspect.name, edit: addition('prompt', text, aspect.reason) }
    }
  }
  return null
}

function isMeant(rule: Addition, said: ReadonlySet<string>, family: ModelFamily): boolean {
  return (
    rule.families.includes(family) &&
    (rule.when.length === 0 || rule.when.some((name) => said.has(name))) &&
    !rule.unless.some((name) => said.has(name))
  )
}

/** The model knows it, nothing that was said speaks against it, and there is room. */
function fits(text: string, { prompt, words, said, negative }: State, context: EnhanceContext): boolean {
  if (!isKnown(text, context.vocabulary)) return false
  const longer = applyEditToText(prompt, { action: 'add', text, replaces: null })
  if (longer === prompt || longer.length > promptLimit) return false
  const unwanted = tellingWords(text).flatMap(plainWords)
  if (unwanted.some((word) => words.refuses(word) || negative.says(word))) return false
  const own = groupsSaidBy(readWords(text), context.groups)
  return !context.rules.opposites.some((row) =>
    row.some((name) => own.has(name) && row.some((other) => !own.has(other) && said.has(other))),
  )
}

function addition(target: 'prompt' | 'negative_prompt', text: string, reason: string): PromptEdit {
  return { action: 'add', target, parameter: null, text, replaces: null, reason }
}

const plain = (text: string): string => plainWords(text).join(' ')
