import { linkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserPath, expectSoon, launchBrowser, openPage, patience, signInCode } from '../support/browser.ts'
import { fillForm } from '../support/browser-form.ts'
import { seedFailure } from '../support/browser-gallery.ts'
import { endCommands, startCommand } from '../support/command.ts'
import { createDataFolder, removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)(
  'states of the interface in a browser (needs CHROMIUM_PATH)',
  () => {
    let product: Product
    let browser: Browser
    let ownModel: string

    beforeAll(async () => {
      const dataFolder = await createDataFolder()
      await seedFailure(dataFolder, 'a heart that was not made')
      ownModel = join(dataFolder, 'models', 'own.safetensors')
      linkSync(join(dataFolder, 'models', 'mysticanvas-sketch.safetensors'), ownModel)
      ;[product, browser] = await Promise.all([startProduct({ dataFolder }), launchBrowser()])
    })

    afterAll(async () => {
      await browser.close()
      await product.stop()
      await endCommands()
      await endProducts()
      removeDataFolders()
    })

    const open = (path: string, signedIn = true) => openPage(browser, product, path, { signedIn })

    test('[interface-states] the empty gallery, the empty bin and a wrong address lead on', async () => {
      const page = await open('/gallery')
      await page.getByText('Every picture you make comes here.').waitFor()
      await page.getByRole('link', { name: 'Bin' }).click()
      await page.getByText('The bin is empty.').waitFor()
      await page.goto(`${product.url}/nowhere`)
      await page.getByText('There is nothing at this address.').waitFor()
      await page.getByRole('main').getByRole('link', { name: 'Make a picture' }).click()
      await page.getByRole('heading', { level: 1, name: 'Generate' }).waitFor()
      await page.goto(`${product.url}/gallery/123`)
      await page.getByRole('alert').getByText('There is no such picture.').waitFor()
      await page.getByRole('button', { name: 'Close' }).first().click()
      await page.getByText('Every picture you make comes here.').waitFor()
      expect(new URL(page.url()).pathname).toBe('/gallery')
    })

    test('[interface-states] a picture that failed says why, what to do and its request', async () => {
      const page = await open('/generate')
      const failed = page.getByRole('article', { name: 'Not made: a heart that was not made' })
      await failed.getByRole('alert').getByText('The image engine failed.').waitFor()
      await failed.getByText('Try again; if it stays').waitFor()
      await failed.getByText('request-of-the-failure').waitFor()
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await failed.getByRole('button', { name: 'Copy the request id' }).click()
      await failed.getByRole('button', { name: 'Copied' }).waitFor()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('request-of-the-failure')
      await failed.getByRole('button', { name: 'Reuse' }).click()
      expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a heart that was not made')
    })

    test('[interface-states] a browser that is not signed in gets in by a code or a link', async () => {
      const page = await open('/gallery', false)
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.getByLabel('Link or code').fill('not-a-code')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('This code is used up or too old.').waitFor()
      await page.getByLabel('Link or code').fill(`${product.url}/login?code=${await signInCode(product)}`)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor()
      expect(page.url()).not.toContain('code')
      await page.getByRole('link', { name: 'Generate' }).click()
      await page.getByRole('heading', { level: 1, name: 'Generate' }).waitFor()
      // Signed out meanwhile, as by another browser's end: the next call shows the way back in.
      await page.context().clearCookies()
      await page.getByRole('link', { name: 'Gallery' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.getByLabel('Link or code').fill(await signInCode(product))
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Chat' }).waitFor()
    })

    test('[interface-states] a preset is added, used, found damaged and deleted', async () => {
      const page = await open('/presets')
      await page.getByRole('article', { name: 'MystiCanvas Sketch' }).getByText('Ready').waitFor()
      await page.getByRole('button', { name: 'Add a preset' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Save the preset' }).click()
      await dialog.getByText('Choose the model file.').waitFor()
      await dialog.getByRole('combobox', { name: 'Model file' }).click()
      await page.getByRole('option', { name: /^own\.safetensors/ }).click()
      expect(await dialog.getByLabel('Name').inputValue()).toBe('own')
      await dialog.getByLabel('Name').fill('My own model')
      await dialog.getByRole('button', { name: 'Save the preset' }).click()
      await dialog.waitFor({ state: 'detached' })
      const card = page.getByRole('article', { name: 'My own model' })
      await card.getByText('Ready').waitFor()
      await card.getByRole('button', { name: 'Use' }).click()
      await fillForm(page, { prompt: 'a red ball' })
      expect(await page.getByRole('combobox', { name: 'Preset' }).innerText()).toContain('My own model')

      unlinkSync(ownModel)
      writeFileSync(ownModel, 'This is no model.')
      await page.getByRole('button', { name: 'Generate' }).click()
      const alert = page.getByRole('form').getByRole('alert')
      await alert.getByRole('button', { name: 'Copy the request id' }).waitFor(patience)
      expect(await alert.innerText()).toMatch(/own\.safetensors is not a model.*\s+Use a \.safetensors/)
      expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a red ball')

      await page.goto(`${product.url}/presets`)
      await card.getByText('Cannot be used now').waitFor()
      expect(await card.getByRole('button', { name: 'Use' }).isDisabled()).toBe(true)
      await card.getByRole('button', { name: 'Delete' }).click()
      await card.waitFor({ state: 'detached' })
      await page.getByText('My own model was removed').first().waitFor()
    })

    test('[interface-states] the System page shows the engine, what happened and one request alone', async () => {
      const { generations } = await product.invoke('generate', {
        prompt: 'a teal fish',
        width: 64,
        height: 64,
        steps: 1,
      })
      await product.finished(generations[0]?.id ?? '')
      const page = await open('/system')
      const engine = page.getByRole('region', { name: 'Image engine' })
      await engine.getByText('Ready').waitFor()
      await engine.getByText('diffusion-cpp').waitFor()
      await page
        .getByRole('region', { name: 'This installation' })
        .getByText(product.dataFolder, { exact: true })
        .waitFor()
      const events = page.getByRole('region', { name: 'What happened' })
      const lines = events.getByRole('listitem')
      await lines.filter({ hasText: 'a teal fish' }).first().waitFor()
      const before = await lines.count()
      await lines
        .filter({ hasText: 'a teal fish' })
        .first()
        .getByRole('button', { name: /^Show only request/ })
        .click()
      await events.getByRole('button', { name: /^Only request/ }).waitFor()
      await expectSoon(() => lines.count()).toBeLessThan(before)
      await events.getByRole('button', { name: /^Only request/ }).click()
      await expectSoon(() => lines.count()).toBe(before)
    })

    test('[interface-states] a worker that keeps failing is told everywhere, and is started again', async () => {
      const page = await open('/generate')
      await page.getByLabel('Prompt', { exact: true }).fill('a red ball')
      const failed = product.feed.first(
        ({ event }) => event.type === 'worker-changed' && event.state === 'failed',
      )
      const stopKilling = killWorkerAgainAndAgain(product)
      await failed.finally(stopKilling)
      await page.getByRole('link', { name: 'Image engine: Failed' }).waitFor()
      await expectSoon(() => page.locator('#generate-note').innerText()).toContain(
        'The image engine has failed.',
      )
      await page.getByRole('link', { name: 'To the system page' }).click()
      const engine = page.getByRole('region', { name: 'Image engine' })
      await engine.getByText('Failed').waitFor()
      await engine.getByRole('button', { name: 'Start again' }).click()
      await engine.getByText('Ready').waitFor(patience)
      await page.getByRole('link', { name: 'Image engine: Ready' }).waitFor()
    })

    test('[interface-states] a server that is gone and comes back costs no word of the draft', async () => {
      const page = await open('/generate')
      await fillForm(page, { prompt: 'a snowy cabin', steps: 3 })
      await product.kill()
      await page.getByText('Connection lost.').waitFor()
      expect(await page.getByRole('button', { name: 'Generate' }).isDisabled()).toBe(true)
      expect(await page.locator('#generate-note').innerText()).toContain('The connection is lost')
      await page.getByLabel('Prompt', { exact: true }).press('End')
      await page.keyboard.type(' at night')

      const { port } = new URL(product.url)
      const again = startCommand(['start', '--data', product.dataFolder, '--port', port])
      await again.printed(/is running at/)
      await page.getByRole('button', { name: 'Try now' }).click()
      await page.getByText('Connection lost.').waitFor({ state: 'detached' })
      expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('a snowy cabin at night')
      await page.getByRole('button', { name: 'Generate' }).click()
      await page.getByRole('article', { name: 'Picture: a snowy cabin at night' }).waitFor(patience)
    })
  },
)

/** Kills the worker as soon as there is one; the function that is returned ends that. */
function killWorkerAgainAndAgain(product: Product): () => void {
  const timer = setInterval(() => {
    for (const { pid, command } of product.processes()) {
      if (command.includes('workers/image/main.ts')) process.kill(pid, 'SIGKILL')
    }
  }, 100)
  return () => clearInterval(timer)
}
