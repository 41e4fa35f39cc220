# The version of Node in all stages: the current one with long-term support.
ARG NODE=node:24-slim

# Build: everything, to compile.
FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json ./
COPY src ./src
RUN npm run build

# Packages: only what runs.
FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# A third of it is for compilers and debuggers, which are not here.
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data BACKUP_DIR=/backups
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY public ./public
# The folders have to be there, and the user's alone, before they become volumes. All else may be read-only.
RUN install -d -m 700 -o node -g node /data /backups
VOLUME ["/data", "/backups"]
# The user node, by number: so whoever runs the image can see that it is not root.
USER 1000
EXPOSE 3000
# Each look starts a Node for a moment: often enough, and no burden for a small server.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
