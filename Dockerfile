# The version of Node in all stages: the current long-term support release. By its digest, so that each build has the
# same; Dependabot proposes the next one.
ARG NODE=node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

# Build: all packages, to compile.
FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json ./
COPY src ./src
RUN npm run build

# Packages: only those that are needed to run.
FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# A third of the files are for compilers and debuggers, which the image does not have.
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data BACKUP_DIR=/backups
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY public ./public
# The folders have to exist, with the right owner, before they become volumes. Everything else may be read-only.
RUN install -d -m 700 -o node -g node /data /backups
VOLUME ["/data", "/backups"]
# The user node, by number, so that Kubernetes and others can see that it is not root.
USER 1000
EXPOSE 3000
# Each check starts Node for a moment: 30 s is often enough, and light enough for a small server.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
