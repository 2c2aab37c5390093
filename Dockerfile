# natslint as a service: docker run --read-only -p 3000:3000 --env-file app.env natslint
# In a cluster it is the admission webhook, too (natslint serve admission): see deploy/helm/natslint.
# The same image is the command line: docker run --rm -v "$PWD:/work:ro" -w /work natslint .

FROM node:24-bookworm-slim AS build
WORKDIR /natslint
# First what the libraries depend on, so that a change of the sources does not install them again.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY tools ./tools
COPY schemas ./schemas
COPY rules ./rules
COPY charts ./charts
COPY policies ./policies
COPY dist/policy.wasm dist/policy.lock.json ./dist/
COPY service ./service
RUN node tools/run.mjs tools/build.ts

# Node and what it needs, and nothing else: no shell, no package manager.
FROM gcr.io/distroless/nodejs24-debian12:nonroot
LABEL org.opencontainers.image.title="natslint" \
      org.opencontainers.image.description="Policy and linting for NATS and NATS Streaming on Kubernetes" \
      org.opencontainers.image.source="https://github.com/natslint/natslint" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /natslint
COPY --from=build /natslint/package.json ./
COPY --from=build /natslint/charts ./charts
COPY --from=build /natslint/dist/package.json /natslint/dist/cli.js /natslint/dist/natslint.js /natslint/dist/policy.wasm /natslint/dist/rules.json /natslint/dist/pages.br /natslint/dist/THIRD-PARTY-LICENSES.txt ./dist/
COPY --from=build /natslint/dist/services ./dist/services
COPY LICENSE ./
ENV NODE_ENV=production
# The number, not the name: Kubernetes cannot tell that a name is not root.
USER 65532:65532
# The GitHub service; the admission webhook, and its health.
EXPOSE 3000 8443 8080
# Nothing is written to the disk: run it with --read-only.
# Either service: one container runs one of them. Other ports are to be said by the variables, which are read here too.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/nodejs/bin/node", "-e", "const { PORT = 3000, NATSLINT_HEALTH_PORT = 8080 } = process.env; Promise.any([PORT, NATSLINT_HEALTH_PORT].map(async (port) => { if (!(await fetch(`http://127.0.0.1:${port}/livez`)).ok) throw 1; })).then(() => process.exit(0), () => process.exit(1))"]
ENTRYPOINT ["/nodejs/bin/node", "/natslint/dist/cli.js"]
CMD ["serve", "github"]
