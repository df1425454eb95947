// Turns malformed bodies away before Bolt sees them: inside Bolt a body such as `null` rejects a promise nobody handles, which would end
// the process. The sender gets an answer and the log a line.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { type BufferedIncomingMessage, type HTTPReceiver, HTTPModuleFunctions as http, type SocketModeReceiver } from '@slack/bolt'
import { jsonExcess } from '../../json-bounds.ts'
import type { Log } from '../../log.ts'
import { createUnverifiedBodies } from '../../unverified-bodies.ts'

/** What is wrong with a payload's JSON; undefined when it is an object of ordinary depth and length. */
function whyMalformed(json: string): string | undefined {
  const excess = jsonExcess(json)
  if (excess !== undefined) return excess
  try {
    const body: unknown = JSON.parse(json)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? undefined : 'no object'
  } catch {
    return 'no JSON'
  }
}

/** The JSON of a body; undefined for the form of a slash command. */
function jsonOf(body: string, contentType: string | undefined): string | undefined {
  if (contentType !== 'application/x-www-form-urlencoded') return body
  const { payload } = parse(body)
  return typeof payload === 'string' ? payload : undefined
}

/** Signed HTTP: reads the body in bounds, verifies the signature, then the body, then hands the request to Bolt. */
export function turnMalformedRequestsAway(
  inlet: HTTPReceiver,
  {
    signingSecret,
    bodyLimit,
    path,
    log,
  }: { readonly signingSecret: string; readonly bodyLimit: number; readonly path: string; readonly log: Log },
): void {
  const { requestListener } = inlet
  const bodies = createUnverifiedBodies()
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const turnAway = (status: number): void => {
      log.warn({ status }, 'a request in the name of Slack was turned away')
      // What is still on its way is not read.
      response.setHeader('connection', 'close')
      http.buildNoBodyResponse(response, status)
    }
    const bytes = await bodies.read(request, bodyLimit)
    if (typeof bytes === 'number') return turnAway(bytes)
    // Bolt takes a body that was read.
    const whole: BufferedIncomingMessage = Object.assign(request, { rawBody: bytes })
    try {
      await http.parseAndVerifyHTTPRequest({ enabled: true, signingSecret }, whole)
    } catch {
      return turnAway(401)
    }
    const body = whole.rawBody.toString()
    const json = jsonOf(body, request.headers['content-type'])
    const why = json === undefined ? undefined : whyMalformed(json)
    if (why !== undefined) {
      log.warn({ why }, 'a signed request is malformed')
      return http.buildNoBodyResponse(response, 400)
    }
    requestListener(request, response)
  }
  inlet.requestListener = (request, response) => {
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path) return requestListener(request, response)
    receive(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a request could not be received')
      if (!response.headersSent) http.buildNoBodyResponse(response, 500)
    })
  }
}

/** Socket Mode: the same for the messages of one connection. */
export function turnMalformedMessagesAway({ client }: SocketModeReceiver, log: Log): void {
  const handlers = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const text = typeof data === 'string' ? data : isBinary ? undefined : new TextDecoder().decode(data as Uint8Array)
    const why = text === undefined ? undefined : whyMalformed(text)
    if (why !== undefined) return log.warn({ why }, 'a message of Slack is malformed')
    for (const handle of handlers)
      Promise.resolve(handle(data, isBinary)).catch((error: unknown) =>
        log.warn({ err: error }, 'a message of Slack could not be received'),
      )
  })
}
