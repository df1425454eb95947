// The OpenAPI file served by Prism, a mock server of others: it knows nothing of this project, checks each request against the file, and
// answers with the file's examples, or with anything the file allows.
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import { upstreamAt, watchGong } from './watched-gong.ts'

export interface ThirdPartyMock {
  readonly baseUrl: string
  stop(): Promise<void>
}

/** `random`: answers are made up from the file's types; missing, they are its examples, which Prism holds against the file too. */
export async function startPrism(file: string, random?: { readonly seed: string }): Promise<ThirdPartyMock> {
  const operations = await getHttpOperationsFromSpec(file)
  const config = {
    mock: { dynamic: random !== undefined, ...(random && { seed: random.seed }) },
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: true,
    isProxy: false as const,
    upstreamProxy: undefined,
  }
  const server = createServer(operations, { cors: false, components: { logger: createLogger('prism', { level: 'silent' }) }, config })
  const prism = upstreamAt(await server.listen(0, '127.0.0.1'))
  // Prism answers at the paths of the file alone; the client asks below the file's server, `/v2`.
  const watched = await watchGong((request) => prism({ ...request, url: request.url.replace(/^\/v2(?=\/)/, '') }))
  return {
    baseUrl: watched.baseUrl,
    async stop() {
      await watched.close()
      await server.close()
    },
  }
}
