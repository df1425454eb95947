// A Gong made of the shapes of a tenant's answers alone: every operation answers with made-up values of the types that were seen there, so
// that the client meets the tenant's form without anything of the tenant. Not the simulated Gong: it knows no company.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TenantFixture } from '../../src/cli/prove/tenant-fixture.ts'
import type { Period } from '../../src/domain/period.ts'
import { answerOfShape, emptied, secondCursor } from './value-of-shape.ts'

export interface TenantOfShapes {
  readonly baseUrl: string
  close(): Promise<void>
}

const pathsOf: Readonly<Record<string, readonly string[]>> = {
  interaction: ['POST /stats/interaction'],
  activity: ['POST /stats/activity/aggregated', 'POST /stats/activity/aggregate'],
  'daily activity': ['POST /stats/activity/day-by-day'],
  scorecards: ['POST /stats/scorecards', 'POST /stats/activity/scorecards'],
}

/** `period`: what records there are lie in it; ranges that end before it are answered as this tenant answers an empty list. */
export async function tenantOfShapes(fixture: TenantFixture, period: Period): Promise<TenantOfShapes> {
  const server = createServer((request, response) => {
    void answer(request).then(({ status, json }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? '' : JSON.stringify(json)),
    )
  })

  async function answer(request: IncomingMessage): Promise<{ readonly status: number; readonly json?: unknown }> {
    const url = new URL(request.url ?? '/', 'http://tenant')
    const body = await bodyOf(request)
    const operation = `${request.method} ${url.pathname.replace(/^\/v2/, '')}`
    const shape = fixture.operations[operation]
    if (!shape) return { status: 404 }
    const isSecond = body.includes(`"${secondCursor}"`) || url.searchParams.get('cursor') === secondCursor
    const json = answerOfShape(shape, { fixture, period, isSecond, managerId: url.searchParams.get('manager-id') ?? undefined })
    const to = /"\w*[tT]o\w*":"(\d{4}-\d\d-\d\d)/.exec(body)?.[1]
    if (to === undefined || to > period.from) return { status: 200, json }
    const empty = fixture.empty.find(({ operation: name }) => pathsOf[name]?.includes(operation))
    if (empty && empty.status !== 200) return { status: empty.status, json: { requestId: 'Made up', errors: empty.texts } }
    return { status: 200, json: emptied(json) }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
