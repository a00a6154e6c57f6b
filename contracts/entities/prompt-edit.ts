import { z } from 'zod'

/** Settings that an edit can change. */
export const editableParameterSchema = z.enum(['steps', 'guidance'])
export type EditableParameter = z.output<typeof editableParameterSchema>

/** One change to what a picture is asked for by, small enough to be taken or left on its own. */
export const promptEditSchema = z
  .strictObject({
    action: z.enum(['add', 'remove', 'replace']),
    target: z.enum(['prompt', 'negative_prompt', 'parameter']),
    parameter: editableParameterSchema.nullable().describe('Which one, where the target is a parameter.'),
    text: z
      .string()
      .min(1)
      .describe('What is added, removed or put in the place of `replaces`; a number for a parameter.'),
    replaces: z.string().nullable().describe('What goes, where the action is `replace`.'),
    reason: z.string().describe('Why, in a sentence for a person.'),
  })
  .refine(
    ({ target, parameter }) => (target === 'parameter') === (parameter !== null),
    'A parameter is named exactly where one is the target.',
  )
  .refine(
    ({ action, replaces }) => (action === 'replace') === (replaces !== null),
    'What goes is named exactly where something is replaced.',
  )
export type PromptEdit = z.output<typeof promptEditSchema>
