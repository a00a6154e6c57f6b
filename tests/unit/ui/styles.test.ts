import { QueryClient } from '@tanstack/vue-query'
import { describe, expect, test } from 'vitest'
import { generate } from '../../../contracts/capabilities/generation.ts'
import { saveStyle } from '../../../contracts/capabilities/styles.ts'
import type { Style } from '../../../contracts/entities/style.ts'
import { applyEvent } from '../../../ui/api/apply-event.ts'
import { keys } from '../../../ui/api/keys.ts'
import { categoriesOf, filterStyles } from '../../../ui/features/styles/filter-styles.ts'
import {
  checkStyleForm,
  formOfRecipe,
  fromStyleForm,
  toStyleForm,
} from '../../../ui/features/styles/style-form.ts'
import { draftSchema, freshDraft, fromRecipe, toRequest } from '../../../ui/generation/draft.ts'
import { wordsOfRecipe } from '../../../ui/generation/words-of-recipe.ts'
import { preset, recipe, told } from './support.ts'

const ink: Style = {
  id: 1,
  name: 'Ink',
  description: 'Black.',
  category: 'Drawing',
  prompt_template: '{prompt}, ink',
  negative_prompt: 'blur',
  parameters: { steps: 9, aspect: 'square' },
  built_in: true,
  preview_url: null,
}
const mine: Style = { ...ink, id: 2, name: 'Crème', category: '', description: '', built_in: false }
const styled = {
  ...recipe,
  prompt: 'a boat, ink',
  negative_prompt: 'fog, blur',
  style: 'Ink',
  own_prompt: 'a boat',
  own_negative_prompt: 'fog',
}

describe('[interface-reuse] the words of a recipe in a style', () => {
  test('are those of the person where the style is as it was', () => {
    expect(wordsOfRecipe(styled, [mine, ink])).toEqual({
      prompt: 'a boat',
      negative_prompt: 'fog',
      style: 'Ink',
    })
    expect(toRequest(fromRecipe(styled, [ink]), preset())).toMatchObject({
      prompt: 'a boat',
      negative_prompt: 'fog',
      style: 'Ink',
      steps: 20,
    })
  })

  test.each([
    ['gone', []],
    ['another one now', [{ ...ink, prompt_template: 'new {prompt}' }]],
    ['avoiding something else', [{ ...ink, negative_prompt: '' }]],
  ])('are those the model was told where the style is %s', (_, styles) => {
    const asItWas = { prompt: 'a boat, ink', negative_prompt: 'fog, blur', style: null }
    expect(wordsOfRecipe(styled, styles)).toEqual(asItWas)
    expect(toRequest(fromRecipe(styled, styles), preset())).not.toHaveProperty('style')
  })

  test('are the prompt where there is no style', () => {
    expect(wordsOfRecipe(recipe, [ink])).toMatchObject({ prompt: 'a red boat', style: null })
  })
})

test('a draft with a style is a request the server takes, and one from before there were styles is kept', () => {
  const request = toRequest({ ...freshDraft(), prompt: 'a', style: 'Ink' }, preset())
  expect(generate.input.parse(request)).toMatchObject({ style: 'Ink' })
  const { style: _, ...old } = { ...freshDraft(), prompt: 'kept' }
  expect(draftSchema.parse(old)).toEqual({ ...freshDraft(), prompt: 'kept' })
})

describe('the form of a style', () => {
  test('asks for exactly what it shows', () => {
    const request = fromStyleForm(toStyleForm(ink), ink)
    expect(saveStyle.input.parse(request)).toEqual({
      id: 1,
      name: 'Ink',
      category: 'Drawing',
      description: 'Black.',
      prompt_template: '{prompt}, ink',
      negative_prompt: 'blur',
      parameters: { steps: 9, aspect: 'square' },
    })
    expect(checkStyleForm(toStyleForm(ink), ink)).toEqual({})
  })

  test('says what is missing or too much', () => {
    expect(Object.keys(checkStyleForm(toStyleForm(null), null))).toEqual(['name', 'prompt_template'])
    const twice = { ...toStyleForm(ink), template: '{prompt} {prompt}', steps: 999 }
    expect(Object.keys(checkStyleForm(twice, null))).toEqual(['prompt_template', 'parameters.steps'])
    const avoids = { ...toStyleForm(ink), template: '{prompt}', negative: 'x' }
    expect(checkStyleForm(avoids, null)).toEqual({})
  })

  test('of a picture has its words and settings', () => {
    expect(formOfRecipe(styled)).toMatchObject({
      name: '',
      template: '{prompt}, ink',
      negative: 'fog, blur',
      steps: 20,
      guidance: 4,
      aspect: 'square',
    })
  })
})

test('styles are found by group and words, whatever the accents', () => {
  const names = (styles: Style[]) => styles.map(({ name }) => name)
  expect(names(filterStyles([ink, mine], { kind: 'all' }, ''))).toEqual(['Ink', 'Crème'])
  expect(names(filterStyles([ink, mine], { kind: 'own' }, ''))).toEqual(['Crème'])
  expect(names(filterStyles([ink, mine], { kind: 'category', name: 'Drawing' }, ''))).toEqual(['Ink'])
  expect(names(filterStyles([ink, mine], { kind: 'all' }, 'CREME ink'))).toEqual(['Crème'])
  expect(categoriesOf([ink, mine, { ...ink, category: 'Arc' }])).toEqual(['Arc', 'Drawing'])
})

test('[interface-styles] a preview that was made appears, and changed styles are asked for again', () => {
  const client = new QueryClient()
  client.setQueryData(keys.styles, [ink, mine])
  applyEvent(client, told({ type: 'style-previewed', style: 2, preview_url: '/x' }))
  expect(client.getQueryData<Style[]>(keys.styles)).toEqual([ink, { ...mine, preview_url: '/x' }])
  applyEvent(client, told({ type: 'styles-changed', styles: [1] }))
  expect(client.getQueryState(keys.styles)?.isInvalidated).toBe(true)
})
