# natslint as a service: docker run --read-only -p 3000:3000 --env-file app.env natslint
# The same image is the command line: docker run --rm -v "$PWD:/work:ro" -w /work natslint .

FROM node:24-bookworm-slim AS build
WORKDIR /natslint
# First what the libraries depend on, so that a change of the sources does not install them again.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY tools ./tools
COPY schemas ./schemas
COPY rules ./rules
COPY charts ./charts
COPY policies ./policies
COPY dist/policy.wasm dist/policy.lock.json ./dist/
COPY service ./service
RUN node tools/run.mjs tools/build.ts

FROM node:24-bookworm-slim
# No package manager is needed to run, and what is not there has no holes.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* /usr/local/bin/yarn*
WORKDIR /natslint
COPY --from=build /natslint/package.json ./
COPY --from=build /natslint/dist ./dist
COPY --from=build /natslint/rules ./rules
COPY --from=build /natslint/charts ./charts
COPY LICENSE ./
RUN ln -s /natslint/dist/cli.js /usr/local/bin/natslint
ENV NODE_ENV=production PORT=3000
# The number, not the name: Kubernetes cannot tell that a name is not root.
USER 1000:1000
EXPOSE 3000
# Nothing is written to the disk: run it with --read-only.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["natslint"]
CMD ["serve", "github"]
