import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, patience } from '../../support/browser.ts'
import {
  answers,
  promptOf,
  questions,
  sayOn,
  settled,
  startChatBench,
  type ChatBench,
} from '../../support/browser-chat.ts'

const calls = (name: string, given: object) => ({ calls: [{ name, arguments: given }] })

describe.skipIf(browserPath === undefined)(
  'what the assistant finds and measures (needs CHROMIUM_PATH)',
  () => {
    let bench: ChatBench

    beforeAll(async () => {
      bench = await startChatBench()
      for (const prompt of ['a castle at night', 'a red boat']) {
        const wanted = { prompt, width: 64, height: 64, steps: 2, wait_seconds: 50 }
        await bench.product.invoke('generate', wanted)
      }
    })
    afterAll(() => bench.close())

    test('[chat-tools] [chat-numbers] a search shows numbered pictures and leads to the gallery', async () => {
      bench.model.script([calls('search_history', { query: 'castle OR boat' }), { say: 'Two pictures.' }])
      const page = await bench.open()
      await sayOn(page, 'find castles and boats')
      await answers(page).getByText('Two pictures.').waitFor()
      const found = page.getByRole('list', { name: 'Found pictures' })
      expect(await found.getByRole('listitem').allInnerTexts()).toEqual(['Picture\n1', 'Picture\n2'])
      expect(await found.getByRole('link').first().getByRole('img').getAttribute('alt')).toBe('a red boat')
      await page.getByRole('link', { name: 'Open in the gallery' }).click()
      await page.waitForURL('**/gallery?q=castle*')
      await page.goBack()
      await found.waitFor()
    })

    test('[chat-tools] a search that finds nothing says so', async () => {
      bench.model.script([calls('search_history', { query: 'rabbit' }), { say: 'No.' }])
      const page = await bench.open()
      await sayOn(page, 'find rabbits')
      await answers(page).getByText('Nothing was found for “rabbit”.').waitFor()
      expect(await page.getByRole('list', { name: 'Found pictures' }).count()).toBe(0)
    })

    test('[chat-tools] styles are chips, and one of them is said', async () => {
      bench.model.script([calls('get_styles', {}), { say: 'Choose one.' }])
      const page = await bench.open()
      await sayOn(page, 'show me the styles')
      await answers(page).getByText('Choose one.').waitFor()
      await settled(page)
      const styles = page.getByRole('list', { name: 'Styles' }).getByRole('button')
      const name = (await styles.first().innerText()).trim()
      bench.model.script([{ say: 'Done.' }])
      await styles.first().click()
      await settled(page)
      expect(await questions(page).last().innerText()).toBe(`Make it ${name}`)
    })

    test('[chat-tools] [chat-draft] an analysis has sentences and colours, and its suggestion changes the draft', async () => {
      const dark = { create: { width: 64, height: 64, channels: 3, background: '#0a0a12' } } as const
      const tower = { create: { width: 20, height: 30, channels: 3, background: '#2a2f52' } } as const
      const picture = sharp(dark).composite([{ input: tower, left: 20, top: 30 }])
      const night = (await picture.png().toBuffer()).toString('base64')
      const { init_image } = await bench.product.invoke('upload_picture', { data_base64: night })
      const size = { width: 64, height: 64, steps: 8, seed: 5, strength: 0.2, wait_seconds: 50 }
      await bench.product.invoke('generate', { prompt: 'a castle at night', init_image, ...size })
      bench.model.script([
        calls('search_history', { query: 'castle' }),
        calls('analyze_image', { generation: '1' }),
        { say: 'That is what it holds.' },
      ])
      const page = await bench.open()
      await sayOn(page, 'describe the castle')
      await answers(page).getByText('That is what it holds.').waitFor(patience)
      await answers(page).getByText('Square format, 64 x 64 pixels.').waitFor()
      const colours = page.getByRole('list', { name: 'Colours' }).getByRole('listitem')
      expect(await colours.count()).toBeGreaterThan(0)
      await page.getByRole('button', { name: 'night → dusk' }).click()
      await page.getByRole('region', { name: 'Draft' }).getByText('a castle at dusk').waitFor()
    })

    test('[chat-tools] [chat-draft] changes of a prompt are taken one by one, undone, and said', async () => {
      bench.model.script([calls('enhance_prompt', { user_input: 'a red boat' }), { say: 'Better now?' }])
      const page = await bench.open()
      await sayOn(page, 'improve this prompt: a red boat')
      await answers(page).getByText('Better now?').waitFor()
      await settled(page)
      const draft = page.getByRole('region', { name: 'Draft' })
      await page.getByRole('button', { name: '+ on the sea' }).click()
      await draft.getByText('a red boat, on the sea').waitFor()
      expect(await page.getByRole('button', { name: '+ on the sea' }).isDisabled()).toBe(true)
      await draft.getByRole('button', { name: 'Undo' }).click()
      await draft.getByText('a red boat', { exact: true }).waitFor()
      await page.getByRole('button', { name: '+ clear daylight' }).click()
      bench.model.script([{ say: 'I draw it.' }])
      await draft.getByRole('button', { name: 'Make it' }).click()
      await questions(page).getByText('Draw a red boat, clear daylight').waitFor()
      await settled(page)
      await draft.getByRole('button', { name: 'Open the draft in Generate' }).click()
      await page.waitForURL('**/generate**')
      expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a red boat, clear daylight')
    })

    test('[chat-markdown] an answer that tries to be a page stays text', async () => {
      bench.model.script([
        { say: '<img src=x onerror="document.title=1"> [go](https://example.org/) [styles](/styles) `code`' },
      ])
      const page = await bench.open()
      await sayOn(page, 'hello')
      await answers(page).getByText('<img src=x').waitFor()
      expect(await answers(page).locator('img').count()).toBe(0)
      expect(await answers(page).locator('.markdown a').allInnerTexts()).toEqual(['styles'])
      await answers(page).getByRole('link', { name: 'styles' }).click()
      await page.waitForURL('**/styles')
      await page.goBack()
      await promptOf(page).waitFor()
    })
  },
)
