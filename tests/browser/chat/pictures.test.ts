import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, patience } from '../../support/browser.ts'
import {
  answers,
  makes,
  promptOf,
  questions,
  sayOn,
  settled,
  startChatBench,
  type ChatBench,
} from '../../support/browser-chat.ts'

describe.skipIf(browserPath === undefined)('pictures in a conversation (needs CHROMIUM_PATH)', () => {
  let bench: ChatBench

  beforeAll(async () => void (bench = await startChatBench()))
  afterAll(() => bench.close())

  test('[chat-page] [chat-pictures] [chat-draft] an example becomes a picture with a number, actions and a draft', async () => {
    const { model } = bench
    model.script([makes('a red boat on the sea'), { say: 'Here is your **boat**.' }])
    const page = await bench.open()
    await page.getByRole('heading', { name: 'Say what you would like to see' }).waitFor()
    await page.getByText('knows a small world').waitFor()
    const examples = page.getByRole('list', { name: 'Examples' }).getByRole('button')
    expect(await examples.count()).toBe(4)
    await examples.first().click()
    await questions(page).getByText('Draw a red boat on the sea').waitFor()

    const picture = page.getByRole('article', { name: 'Picture 1: a red boat on the sea' })
    await picture.getByRole('link', { name: /^Open in the gallery/ }).waitFor(patience)
    await answers(page).getByText('Here is your boat.').waitFor()
    expect(await answers(page).locator('strong').innerText()).toBe('boat')
    await page.getByRole('region', { name: 'Draft' }).getByText('a red boat on the sea').waitFor()
    await page.getByRole('region', { name: 'Draft' }).getByText('64 × 64').waitFor()

    await picture.getByRole('button', { name: 'Mark as favourite' }).click()
    await picture.getByRole('button', { name: 'Take from the favourites' }).waitFor()
    const { generations } = await bench.product.invoke('list_generations', {})
    expect(generations[0]).toMatchObject({ favorite: true })
    await picture.getByRole('button', { name: 'Details' }).click()
    await picture.getByRole('cell', { name: 'a red boat on the sea' }).waitFor()

    model.script([{ say: 'Another one.' }])
    await settled(page)
    await picture.getByRole('button', { name: 'Another' }).click()
    await questions(page).nth(1).getByText('Draw a red boat on the sea').waitFor()
    await settled(page)
    await picture.getByRole('button', { name: 'Vary' }).click()
    await questions(page).getByText('Make a variation of image 1').waitFor()
    await settled(page)
    await picture.getByRole('button', { name: 'Style' }).click()
    await page.getByRole('textbox', { name: 'Find a style' }).fill('waterc')
    await page.getByRole('region', { name: 'Styles' }).getByRole('button', { name: 'Watercolor' }).click()
    await questions(page).getByText('Apply Watercolor to image 1').waitFor()
    await settled(page)
    await picture.getByRole('button', { name: 'Reuse' }).click()
    await page.waitForURL('**/generate**')
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a red boat on the sea')
  })

  test('[chat-pictures] a picture is there while it is made, is cancelled there, and is asked for again', async () => {
    const { model } = bench
    model.script([
      makes('a large castle', { width: 256, height: 256, steps: 150 }),
      { say: 'It was cancelled.' },
    ])
    const page = await bench.open()
    await sayOn(page, 'draw a large castle')
    const picture = page.getByRole('article', { name: 'Picture 1: a large castle' })
    await picture.getByText(/^Drawing, step/).waitFor(patience)
    await picture.getByRole('button', { name: 'Cancel' }).click()
    await picture.getByText('This picture was cancelled.').waitFor(patience)
    await settled(page)
    model.script([{ say: 'Again.' }])
    await picture.getByRole('button', { name: 'Ask for it again' }).click()
    await settled(page)
    expect(await questions(page).last().innerText()).toBe('Draw a large castle')
  })

  test('[chat-pictures] several pictures stand side by side, each with its number; one in the bin says so', async () => {
    const { model } = bench
    model.script([makes('a green tree', { count: 2 }), { say: 'Two trees.' }])
    const page = await bench.open()
    await sayOn(page, 'draw two green trees')
    await answers(page).getByText('Two trees.').waitFor(patience)
    for (const number of [1, 2])
      await page.getByRole('article', { name: `Picture ${number}: a green tree` }).waitFor()
    const second = page.getByRole('article', { name: 'Picture 2: a green tree' })
    const id = (await second.getAttribute('data-picture')) ?? ''
    await bench.product.invoke('delete_generation', { generation: id })
    await second.getByText('This picture is in the bin.').waitFor()
    await second.getByRole('button', { name: 'Restore' }).click()
    await second.getByRole('link', { name: /^Open in the gallery/ }).waitFor()
    expect(await bench.product.invoke('get_generation', { generation: id })).toMatchObject({
      deleted_at: null,
    })
  })

  test('[chat-errors] a tool that fails says what happened, what to do, and the request', async () => {
    const { model } = bench
    model.script([makes('a boat', { style: 'zzzz' }), { say: 'There is no such style.' }])
    const page = await bench.open()
    await sayOn(page, 'draw a boat in zzzz style')
    await answers(page).getByText('There is no such style.').waitFor(patience)
    const alert = answers(page).getByRole('alert')
    await alert.getByText(/zzzz/).waitFor()
    expect(await alert.locator('code').innerText()).not.toBe('')
    await alert.getByRole('button', { name: 'Copy the request id' }).waitFor()
    await answers(page)
      .getByText(/^Did not work/)
      .click()
    await answers(page).getByRole('definition').getByText('zzzz').waitFor()
  })

  test('[chat-errors] a model that fails leaves the question, and trying again answers it', async () => {
    const { model } = bench
    model.script([{ status: 400, body: { error: { message: 'no' } } }])
    const page = await bench.open()
    await sayOn(page, 'hello')
    const alert = page.getByRole('alert')
    await alert.getByText('The language model answered with status 400.').waitFor(patience)
    model.script([{ say: 'Good day.' }])
    await alert.getByRole('button', { name: 'Try again' }).click()
    await answers(page).getByText('Good day.').waitFor()
    expect(await questions(page).count()).toBe(1)
    await expectSoon(() => alert.count()).toBe(0)
  })

  test('[chat-errors] a message that does not arrive stays and is sent again', async () => {
    const { model } = bench
    model.script([{ say: 'Now it works.' }])
    const page = await bench.open()
    await promptOf(page).waitFor()
    await page.route('**/api/chat', (route) => route.abort())
    await sayOn(page, 'are you there?')
    await page.getByText('MystiCanvas does not answer.').waitFor()
    await page.unroute('**/api/chat')
    await page.getByRole('button', { name: 'Try again' }).click()
    await answers(page).getByText('Now it works.').waitFor()
    expect(await questions(page).count()).toBe(1)
  })
})
