// A kept or chosen body as Slack is sent it: in its plainness, and for the message or its thread.
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { RenderForSlack } from '../../slack-ports.ts'

export const renderBody = ({ message, plainer, threadTs, isAfter }: DeliveryBody, render: RenderForSlack): ReturnType<RenderForSlack> =>
  render(message, plainer, threadTs === undefined && !isAfter ? 'message' : 'thread')
