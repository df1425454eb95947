# Two stages: the first installs production dependencies, the second holds only Node, those and the source.
# There is no build step: Node runs the TypeScript directly. To pin the base, build with --build-arg BASE=node:26-slim@sha256:… (README).
ARG BASE=node:26-slim
FROM ${BASE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM ${BASE}
# Kubernetes and Docker ask for health from outside the process, so it listens at every address of the container.
ENV NODE_ENV=production DATA_DIR=/data HEALTH_PORT=8080 HEALTH_HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json manifest.yml ./
COPY src ./src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000 8080
# Alive, not ready: an outage of Slack or Gong must not restart containers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "const { HEALTH_PORT: port, HEALTH_HOST: host } = process.env; if (!port) process.exit(0); fetch('http://' + (!host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host) + ':' + port + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "--expose-gc", "src/start.mjs"]
