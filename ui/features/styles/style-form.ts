import type { CapabilityInput } from '../../../contracts/capabilities/index.ts'
import { saveStyle } from '../../../contracts/capabilities/styles.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { promptPlace, type Style, type StyleParameters } from '../../../contracts/entities/style.ts'
import { styleOfRecipe } from '../../../contracts/style-of-recipe.ts'

/** A style as its form shows it: mirrors the screen, not the request. */
export interface StyleForm {
  name: string
  category: string
  description: string
  template: string
  negative: string
  steps: number | null
  guidance: number | null
  aspect: 'any' | NonNullable<StyleParameters['aspect']>
}

export type StyleFormErrors = Readonly<Record<string, string>>

/** The form for a style, or for a new one. */
export function toStyleForm(style: Style | null): StyleForm {
  return {
    name: style?.name ?? '',
    category: style?.category ?? '',
    description: style?.description ?? '',
    template: style?.prompt_template ?? `${promptPlace}, `,
    negative: style?.negative_prompt ?? '',
    steps: style?.parameters.steps ?? null,
    guidance: style?.parameters.guidance ?? null,
    aspect: style?.parameters.aspect ?? 'any',
  }
}

/** The form for a new style that is made of a picture. */
export function formOfRecipe(recipe: Recipe): StyleForm {
  const { prompt_template, negative_prompt, parameters } = styleOfRecipe(recipe)
  return {
    ...toStyleForm(null),
    template: prompt_template,
    negative: negative_prompt,
    steps: parameters.steps ?? null,
    guidance: parameters.guidance ?? null,
    aspect: parameters.aspect ?? 'any',
  }
}

/** The request of a form, over the style it changes. */
export function fromStyleForm(form: StyleForm, before: Style | null): CapabilityInput<'save_style'> {
  return {
    ...(before !== null && { id: before.id }),
    name: form.name.trim(),
    category: form.category.trim(),
    description: form.description.trim(),
    prompt_template: form.template.trim(),
    negative_prompt: form.negative.trim(),
    parameters: {
      ...(form.steps !== null && { steps: form.steps }),
      ...(form.guidance !== null && { guidance: form.guidance }),
      ...(form.aspect !== 'any' && { aspect: form.aspect }),
    },
  }
}

/** What is wrong with a form, by the field of the request; empty where nothing is. */
export function checkStyleForm(form: StyleForm, before: Style | null): StyleFormErrors {
  const errors: Record<string, string> = {}
  const request = fromStyleForm(form, before)
  if (request.name === '') errors['name'] = 'Give it a name.'
  for (const { path, message } of saveStyle.input.safeParse(request).error?.issues ?? [])
    errors[path.join('.')] ??= message
  const words = form.template.replaceAll(promptPlace, '').replaceAll(/[\s,]/g, '')
  const addsNothing =
    words === '' && request.negative_prompt === '' && Object.keys(request.parameters ?? {}).length === 0
  if (addsNothing) errors['prompt_template'] ??= 'Write what it adds to a prompt.'
  return errors
}
