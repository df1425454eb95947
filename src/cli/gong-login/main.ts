// `npm run gong-login`: leads through Gong's OAuth in the terminal and writes the tokens into `.env`, never onto the screen.
import { cancel, intro, isCancel, log, outro, text } from '@clack/prompts'
import { readGiven, readSettings } from '../../config/config.ts'
import { AskError, ConfigError } from '../../errors.ts'
import { Cancelled, needTerminal } from '../prompts.ts'
import { runCommand } from '../run-command.ts'
import { movedInWords, writeSettings } from '../setup/env-file.ts'
import { codeFrom, consentAddress, finishLogin, type LoginClient, newState } from './gong-login.ts'

const envFile = '.env'

await runCommand(async () => {
  needTerminal('npm run gong-login')
  intro('Connect to Gong with OAuth')
  const settings = readSettings([
    'GONG_CLIENT_ID',
    'GONG_CLIENT_SECRET',
    'GONG_TOKEN_URL',
    'GONG_BASE_URL',
    // Checked, and kept as it is written.
    'TOKEN_ENCRYPTION_KEY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'GONG_ACCESS_KEY',
    'GONG_ACCESS_TOKEN',
  ])
  const given = readGiven()
  const { GONG_CLIENT_ID: clientId, GONG_CLIENT_SECRET: clientSecret } = settings
  if (!clientId || !clientSecret)
    throw new ConfigError(['Set GONG_CLIENT_ID and GONG_CLIENT_SECRET first; Gong shows both where the integration is registered'])
  const redirectUri = await answer('Redirect address, exactly as registered with the integration in Gong', (value) =>
    URL.canParse(value) ? undefined : 'A whole address is needed, beginning with https://',
  )
  const client: LoginClient = { clientId, clientSecret, tokenUrl: settings.GONG_TOKEN_URL, baseUrl: settings.GONG_BASE_URL, redirectUri }
  const state = newState()
  log.message(`Open this page as a Gong administrator and agree:\n${consentAddress(client, state)}`)
  const pasted = await answer('Then paste the whole address the browser ended on (it may show an error page)', (value) => {
    try {
      codeFrom(value, state)
      return undefined
    } catch (error) {
      return error instanceof AskError ? error.message : 'That cannot be read'
    }
  })
  const values = await finishLogin(client, codeFrom(pasted, state), {
    encryptionKey: given.texts.TOKEN_ENCRYPTION_KEY,
    proxy: { httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY },
  })
  for (const name of writeSettings(envFile, '', values, given)) log.warn(movedInWords(name, envFile))
  if (settings.GONG_ACCESS_KEY || settings.GONG_ACCESS_TOKEN)
    log.warn('Take GONG_ACCESS_KEY, GONG_ACCESS_KEY_SECRET and GONG_ACCESS_TOKEN out of the configuration: one kind of credentials only.')
  outro(
    'Connected. The next start reads the new refresh token; keep TOKEN_ENCRYPTION_KEY with it. Check with: npm run doctor. Then start the service anew: until then it goes on with the tokens it has.',
  )
})

async function answer(message: string, validate: (value: string) => string | undefined): Promise<string> {
  const given = await text({ message, validate: (value) => validate(value ?? '') })
  if (isCancel(given)) {
    cancel('Nothing was changed.')
    throw new Cancelled()
  }
  return given
}
