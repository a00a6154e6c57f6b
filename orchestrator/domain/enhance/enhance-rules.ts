import { z } from 'zod'
import { modelFamilySchema } from '../../../contracts/entities/preset.ts'
import type { PromptFileKind } from '../prompts/prompt-file.ts'
import { plainWords } from './word-stream.ts'

/** The group that is filled with the names of the style library. */
export const styleLibraryGroup = 'style_library'

const phraseSchema = z.string().min(1).max(60)
const phrasesSchema = z.array(phraseSchema).min(1)
const groupNamesSchema = z.array(z.string())

const additionSchema = z.strictObject({
  texts: phrasesSchema.describe('The first one whose words the model knows is taken.'),
  when: groupNamesSchema
    .default([])
    .describe('One of these is said; any prompt will do where there is none.'),
  unless: groupNamesSchema.default([]).describe('None of these is said.'),
  families: z.array(modelFamilySchema).default([...modelFamilySchema.options]),
})
export type Addition = z.output<typeof additionSchema>

const aspectSchema = z.strictObject({
  name: z.string().min(1),
  reason: z.string().min(1),
  said_by: groupNamesSchema.min(1).describe('The prompt says it where it says one of these.'),
  unless: groupNamesSchema.default([]),
  additions: z.array(additionSchema).min(1),
})

const rulesSchema = z
  .strictObject({
    groups: z.record(z.string(), phrasesSchema),
    opposites: z.array(groupNamesSchema.min(2)),
    other_languages: phrasesSchema,
    english: phrasesSchema,
    aspects: z.array(aspectSchema).min(1),
    negative: z.array(additionSchema.extend({ reason: z.string().min(1) })),
  })
  .check(({ value: rules, issues }) => {
    const complain = (path: (string | number)[], message: string) =>
      issues.push({ code: 'custom', input: rules, path, message })
    const requireGroups = (names: readonly string[], path: (string | number)[]) =>
      names.forEach((name, index) => {
        if (name === styleLibraryGroup || Object.hasOwn(rules.groups, name)) return
        complain([...path, index], `There is no group "${name}"`)
      })
    rules.opposites.forEach((names, index) => requireGroups(names, ['opposites', index]))
    rules.negative.forEach(({ when, unless }, index) => {
      requireGroups(when, ['negative', index, 'when'])
      requireGroups(unless, ['negative', index, 'unless'])
    })
    rules.aspects.forEach((aspect, index) => {
      const path = ['aspects', index]
      requireGroups(aspect.said_by, [...path, 'said_by'])
      requireGroups(aspect.unless, [...path, 'unless'])
      aspect.additions.forEach((addition, place) => {
        requireGroups(addition.when, [...path, 'additions', place, 'when'])
        requireGroups(addition.unless, [...path, 'additions', place, 'unless'])
        addition.texts.forEach((text, at) => {
          // Else the same would be added once more by the next call.
          if (aspect.said_by.some((name) => saysOneOf(text, rules.groups[name] ?? []))) return
          const what = `"${text}" says nothing of the aspect "${aspect.name}" by its own groups`
          complain([...path, 'additions', place, 'texts', at], what)
        })
      })
    })
  })
export type EnhanceRules = z.output<typeof rulesSchema>

/** The file of prompts with the rules. */
export const enhanceRulesKind = {
  name: 'enhance-prompt',
  variables: ['added', 'model'],
  settings: rulesSchema,
} as const satisfies PromptFileKind

function saysOneOf(text: string, phrases: readonly string[]): boolean {
  const words = ` ${plainWords(text).join(' ')} `
  return phrases.some((phrase) => words.includes(` ${plainWords(phrase).join(' ')} `))
}
