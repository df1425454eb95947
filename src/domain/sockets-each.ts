// How many Socket Mode connections a replica opens: Slack allows an app ten, and any of them may get any payload.

export const mostSockets = 10

/** Two, so that one goes on while Slack ends the other; one where two each would be more than there are. */
export const socketsEach = (replicas: number): number => (2 * replicas <= mostSockets ? 2 : 1)
