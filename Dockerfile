# The web host as an image: docker build --tag frat . (or podman). docs/deploy.md says how to run it; eng/container-check does what the last
# stage does where there is no engine.

# Without a registry's proxy or in one's own mirror: --build-arg DOTNET=….
ARG DOTNET=mcr.microsoft.com/dotnet

FROM ${DOTNET}/sdk:10.0 AS build
RUN apt-get update && apt-get install --yes --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish samples/Frat.WebHost --configuration Release --output /out/app
# dlib's models, checked by their SHA-256: the container pulls nothing.
RUN dotnet run --project src/Frat.Cli --configuration Release -- models pull --folder /out/models
RUN mkdir /out/data

# Neither shell nor package manager. "extra" has ICU, for names of all scripts; time zones come with FRAT. Skia's and SQLite's libraries are
# those for glibc, which an Alpine image hasn't.
FROM ${DOTNET}/aspnet:10.0-noble-chiselled-extra
COPY --from=build /out/app /app
COPY --from=build /out/models /models
COPY --from=build --chown=1654:1654 /out/data /data
# No diagnostics: their socket would need a folder to write to. The whole root can be read-only but for /data.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    FRAT_MODELS=/models \
    Frat__DataFolder=/data
USER 1654
WORKDIR /app
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["dotnet", "Frat.WebHost.dll"]
