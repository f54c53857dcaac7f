# meowmx as an event-store server: the WAR on Open Liberty.
#
#   docker build -t meowmx .          or, with a PostgreSQL beside it:  docker compose up --build
#
# The image holds no user and no password. Who may call is said in a file to mount as /config/users.xml; where the database
# is, in DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD. docs/liberty.md has the rest.

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml ./
COPY src/main src/main
# the WAR and the driver only, without the test runtimes that the whole build unpacks
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -Dmaven.repo.local=/m2 -Dmaven.test.skip=true prepare-package war:war dependency:copy@copy-driver

# "full" has every feature: the same runtime as in the tests, and nothing to download. On a kernel-slim image, features.sh
# would fetch the features that server.xml names, from the network, at each build.
FROM icr.io/appcafe/open-liberty:26.0.0.5-full-java21-openj9-ubi-minimal
COPY --chown=1001:0 server-config/liberty/server.xml /config/server.xml
COPY --chown=1001:0 --from=build /build/target/jdbc/ /config/jdbc/
COPY --chown=1001:0 --from=build /build/target/meowmx.war /config/apps/meowmx.war

# loopback inside a container is seen by nobody else; the heap follows the container's memory, not the machine's
ENV HTTP_HOST=* \
    HTTP_PORT=9080 \
    JVM_ARGS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
EXPOSE 9080

# by number, so that a cluster which forbids root can see that it is none
USER 1001

# the image has no HTTP client that could be counted on, but bash, which the server's script needs
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$HTTP_PORT && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
